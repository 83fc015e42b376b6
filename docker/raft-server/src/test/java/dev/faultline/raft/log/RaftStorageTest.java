package dev.faultline.raft.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.raft.core.BootState;
import dev.faultline.raft.core.Effect;
import dev.faultline.raft.core.Entry;
import dev.faultline.raft.core.HardState;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.Payload;
import dev.faultline.raft.core.ProposalId;
import dev.faultline.raft.core.RaftPolicy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaftStorageTest {

  private static final NodeId N1 = new NodeId("n1");
  private static final NodeId N2 = new NodeId("n2");
  private static final int SMALL_SEGMENT_BYTES = 512;
  private static final int LARGE_SEGMENT_BYTES = 1 << 20;

  @TempDir Path parent;

  private Path directory() {
    return parent.resolve("data");
  }

  @Test
  void startsEmpty() throws IOException {
    assertThat(reopen()).isEqualTo(new BootState(HardState.INITIAL, List.of(), 1));
  }

  @Test
  void syncsEveryLevelThatItMadeAndAgainAtTheNextStart() throws IOException {
    Path deep = parent.resolve("a").resolve("b").resolve("c");
    for (int start = 1; start <= 2; start++) {
      var synced = new ArrayList<Path>();
      openRecording(deep, synced).storage().close();
      assertThat(synced).contains(parent, parent.resolve("a"), parent.resolve("a").resolve("b"));
    }
  }

  private static OpenedStorage openRecording(Path directory, List<Path> synced) throws IOException {
    FileAccess files =
        new FileAccess() {
          @Override
          public FileChannel open(Path file, OpenOption... options) throws IOException {
            return SYSTEM.open(file, options);
          }

          @Override
          public void syncDirectory(Path level) throws IOException {
            synced.add(level);
            SYSTEM.syncDirectory(level);
          }
        };
    return RaftStorage.open(directory, N1, new RaftPolicy(), _ -> {}, files, LARGE_SEGMENT_BYTES);
  }

  @Test
  void namesTheDataDirectoryThatItCannotMake() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "in the way");
    for (Path impossible : List.of(file, file.resolve("data"))) {
      assertThatThrownBy(() -> openRecording(impossible, new ArrayList<>()))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("the data directory " + impossible);
    }
  }

  @Test
  void countsEveryStart() throws IOException {
    for (int start = 1; start <= 5; start++) {
      assertThat(reopen().incarnation()).isEqualTo(start);
    }
  }

  @Test
  void findsWhatWasWritten() throws IOException {
    var vote = new HardState(3, N2);
    write(persist(vote, entry(1, 1, "a"), noOp(2, 3)), persist(null, entry(3, 3, "c")));

    BootState boot = reopen();

    assertThat(boot.hardState()).isEqualTo(vote);
    assertThat(text(boot)).containsExactly("1/1 a", "2/3 no-op", "3/3 c");
    Payload.Command command = (Payload.Command) boot.log().get(2).payload();
    assertThat(command.id()).isEqualTo(new ProposalId(N2, 7, 3, 2));
  }

  @Test
  void replacesTheSuffixThatIsWrittenAgain() throws IOException {
    write(persist(null, entry(1, 1, "a"), entry(2, 1, "b"), entry(3, 1, "c")));
    write(persist(new HardState(2, null), entry(2, 2, "B")));

    assertThat(text(reopen())).containsExactly("1/1 a", "2/2 B");
  }

  @Test
  void goesOnOverManySegments() throws IOException {
    var expected = new ArrayList<String>();
    for (int start = 0; start < 3; start++) {
      try (LogStorage storage = open(SMALL_SEGMENT_BYTES).storage()) {
        for (int i = 1; i <= 40; i++) {
          int index = start * 40 + i;
          storage.write(List.of(persist(new HardState(index, N1), entry(index, index, "v" + i))));
          expected.add(index + "/" + index + " v" + i);
        }
      }
    }

    OpenedStorage opened = open(SMALL_SEGMENT_BYTES);

    opened.storage().close();
    assertThat(text(opened.boot())).isEqualTo(expected);
    assertThat(opened.boot().hardState()).isEqualTo(new HardState(120, N1));
    assertThat(opened.boot().incarnation()).isEqualTo(4);
    assertThat(segments()).hasSizeGreaterThan(10);
  }

  @Test
  void rotatesInTheMiddleOfABatchWithSeveralTerms() throws IOException {
    try (LogStorage storage = open(1).storage()) { // Every group opens a segment.
      storage.write(
          List.of(persist(new HardState(4, N1), entry(1, 4, "a")), persist(new HardState(5, N2))));
      storage.write(List.of(persist(null, entry(2, 5, "b"))));
    }

    BootState boot = reopen();

    assertThat(boot.hardState()).isEqualTo(new HardState(5, N2));
    assertThat(text(boot)).containsExactly("1/4 a", "2/5 b");
  }

  @Test
  void syncsOnceForABatch() throws IOException {
    var syncs = new AtomicLong();
    OpenedStorage opened =
        RaftStorage.open(directory(), N1, new RaftPolicy(), nanos -> syncs.incrementAndGet());
    try (LogStorage storage = opened.storage()) {
      long before = syncs.get();
      storage.write(List.of(persist(null, entry(1, 1, "a")), persist(null, entry(2, 1, "b"))));
      assertThat(syncs.get() - before).isEqualTo(1);
    }
  }

  @Test
  void cutsOffATailThatIsTornAtAnyByte() throws IOException {
    write(persist(new HardState(1, N1), entry(1, 1, "kept")));
    byte[] before = Files.readAllBytes(segment(1));
    write(persist(new HardState(2, N2), entry(2, 2, "torn"), entry(3, 2, "torn too")));
    byte[] after = Files.readAllBytes(segment(1));
    int start = lastGroupOffset(after);
    assertThat(start).isGreaterThanOrEqualTo(before.length);

    for (int length = start; length < after.length; length++) {
      Files.write(segment(1), Arrays.copyOf(after, length));
      BootState boot = reopen();
      assertThat(text(boot)).as("torn after %d bytes", length).containsExactly("1/1 kept");
      assertThat(boot.hardState()).isEqualTo(new HardState(1, N1));
      assertThat(boot.incarnation()).isEqualTo(3);
      assertThat(reopen().incarnation()).as("what was cut off stays off").isEqualTo(4);
    }
  }

  @Test
  void cutsOffATailWhosePagesArrivedOutOfOrder() throws IOException {
    write(persist(null, entry(1, 1, "kept")));
    write(persist(null, entry(2, 1, "x".repeat(5000)), entry(3, 1, "y".repeat(5000))));
    byte[] bytes = Files.readAllBytes(segment(1));
    int start = lastGroupOffset(bytes);

    for (int from : new int[] {start, start + 16, start + 4096}) {
      byte[] torn = bytes.clone();
      Arrays.fill(torn, from, from + 4096, (byte) 0); // This page never reached the disk.
      Files.write(segment(1), torn);
      assertThat(text(reopen())).containsExactly("1/1 kept");
    }
  }

  @Test
  void cutsOffZerosThatTheFileSystemLeft() throws IOException {
    write(persist(null, entry(1, 1, "kept")));
    byte[] bytes = Files.readAllBytes(segment(1));
    Files.write(segment(1), Arrays.copyOf(bytes, bytes.length + 10_000));

    assertThat(text(reopen())).containsExactly("1/1 kept");
  }

  @Test
  void refusesAFlippedBitInAnyByteBeforeTheLastGroup() throws IOException {
    write(persist(new HardState(1, N1), entry(1, 1, "a")));
    write(persist(null, entry(2, 1, "b")));
    byte[] bytes = Files.readAllBytes(segment(1));
    int end = lastGroupOffset(bytes);

    for (int offset = 0; offset < end; offset++) {
      byte[] damaged = bytes.clone();
      damaged[offset] ^= (byte) (1 << (offset % 8));
      Files.write(segment(1), damaged);
      assertThatThrownBy(this::reopen)
          .as("byte %d", offset)
          .isInstanceOfSatisfying(
              CorruptLogException.class,
              corrupt -> {
                assertThat(corrupt.file()).isEqualTo(segment(1).toString());
                assertThat(corrupt).hasMessageContaining("offset " + corrupt.offsetBytes());
              });
    }
    assertThat(Files.readAllBytes(segment(1))).as("nothing is cut off").hasSameSizeAs(bytes);
  }

  @Test
  void refusesATornEndOfAnEarlierSegment() throws IOException {
    try (LogStorage storage = open(1).storage()) {
      storage.write(List.of(persist(null, entry(1, 1, "a"))));
      storage.write(List.of(persist(null, entry(2, 1, "b"))));
    }
    byte[] bytes = Files.readAllBytes(segment(2));
    Files.write(segment(2), Arrays.copyOf(bytes, bytes.length - 1));

    assertThatThrownBy(this::reopen)
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining(segment(2).toString());
  }

  @Test
  void refusesAMissingSegment() throws IOException {
    try (LogStorage storage = open(1).storage()) {
      storage.write(List.of(persist(null, entry(1, 1, "a"))));
      storage.write(List.of(persist(null, entry(2, 1, "b"))));
    }
    Files.delete(segment(2));

    assertThatThrownBy(this::reopen)
        .isInstanceOf(CorruptLogException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void refusesAnotherFormatVersion() throws IOException {
    reopen();
    byte[] bytes = Files.readAllBytes(segment(1));
    bytes[11] = 9;
    Files.write(segment(1), bytes);

    assertThatThrownBy(this::reopen).hasMessageContaining("format version 9");
  }

  @Test
  void takesALogStoredAsAValueForAValue() throws IOException {
    write(persist(null, entry(1, 1, "a")));
    String copy = new String(Files.readAllBytes(segment(1)), StandardCharsets.ISO_8859_1);
    byte[] command = copy.getBytes(StandardCharsets.ISO_8859_1);
    write(persist(null, new Entry(2, 1, new Payload.Command(id(2), command))));
    byte[] bytes = Files.readAllBytes(segment(1));
    Files.write(segment(1), Arrays.copyOf(bytes, bytes.length - 1));

    assertThat(text(reopen())).containsExactly("1/1 a");
  }

  @Test
  void dropsASegmentThatWasNeverFinished() throws IOException {
    write(persist(null, entry(1, 1, "a")));
    Files.writeString(directory().resolve("wal-next.tmp"), "half a head");

    assertThat(text(reopen())).containsExactly("1/1 a");
    assertThat(directory().resolve("wal-next.tmp")).doesNotExist();
  }

  @Test
  void keepsASecondServerOut() throws IOException {
    try (LogStorage storage = open(LARGE_SEGMENT_BYTES).storage()) {
      assertThatThrownBy(this::reopen)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("in use by another server");
      storage.write(List.of(persist(null, entry(1, 1, "a"))));
    }
    assertThat(text(reopen())).containsExactly("1/1 a");
  }

  @Test
  void refusesTheDirectoryOfAnotherNode() throws IOException {
    reopen();

    assertThatThrownBy(() -> RaftStorage.open(directory(), N2, new RaftPolicy(), nanos -> {}))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("belongs to node n1, not to n2");
  }

  @Test
  void refusesAGap() throws IOException {
    try (LogStorage storage = open(LARGE_SEGMENT_BYTES).storage()) {
      assertThatThrownBy(() -> storage.write(List.of(persist(null, entry(2, 1, "b")))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("gap");
    }
  }

  @Test
  void writesBatchesLargerThanAGroup() throws IOException {
    String large = "z".repeat(3 << 20);
    write(persist(null, entry(1, 1, large), entry(2, 1, large), entry(3, 1, large)));

    assertThat(reopen().log()).hasSize(3);
  }

  @Test
  void goesByTheTermAndVoteThatThePolicyGives() throws IOException {
    write(persist(new HardState(4, N2)));
    var forgetful =
        new RaftPolicy() {
          @Override
          public HardState recovered(HardState durable) {
            return new HardState(durable.term(), null);
          }
        };

    OpenedStorage opened = RaftStorage.open(directory(), N1, forgetful, nanos -> {});

    opened.storage().close();
    assertThat(opened.boot().hardState()).isEqualTo(new HardState(4, null));
  }

  @Test
  void keepsWritesInMemoryOnlyForAPolicyThatDoesNotSync() throws IOException {
    var careless =
        new RaftPolicy() {
          @Override
          public boolean syncsBeforeAcknowledging() {
            return false;
          }
        };
    OpenedStorage opened = RaftStorage.open(directory(), N1, careless, nanos -> {});
    long before = Files.size(segment(1));
    opened.storage().write(List.of(persist(new HardState(1, N1), entry(1, 1, "lost"))));

    assertThat(Files.size(segment(1))).as("what a kill would leave").isEqualTo(before);
    opened.storage().close();
    assertThat(text(reopen())).as("a clean end writes it").containsExactly("1/1 lost");
  }

  private OpenedStorage open(int segmentBytes) throws IOException {
    return RaftStorage.open(
        directory(), N1, new RaftPolicy(), nanos -> {}, FileAccess.SYSTEM, segmentBytes);
  }

  private BootState reopen() throws IOException {
    OpenedStorage opened = open(LARGE_SEGMENT_BYTES);
    opened.storage().close();
    return opened.boot();
  }

  private void write(Effect.Persist... batch) throws IOException {
    try (LogStorage storage = open(LARGE_SEGMENT_BYTES).storage()) {
      storage.write(List.of(batch));
    }
  }

  private Path segment(int number) {
    return directory().resolve("wal-%016d.log".formatted(number));
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files.filter(file -> file.toString().endsWith(".log")).toList();
    }
  }

  /** Finds the last group by its magic number; test values do not contain it. */
  private static int lastGroupOffset(byte[] segment) {
    return new String(segment, StandardCharsets.ISO_8859_1).lastIndexOf("FLGR");
  }

  private static Effect.Persist persist(@Nullable HardState hardState, Entry... entries) {
    return new Effect.Persist(1, hardState, List.of(entries));
  }

  private static ProposalId id(long sequence) {
    return new ProposalId(N2, 7, sequence, 2);
  }

  private static Entry entry(long index, long term, String command) {
    byte[] bytes = command.getBytes(StandardCharsets.UTF_8);
    return new Entry(index, term, new Payload.Command(id(index), bytes));
  }

  private static Entry noOp(long index, long term) {
    return new Entry(index, term, new Payload.NoOp());
  }

  private static List<String> text(BootState boot) {
    return boot.log().stream()
        .map(entry ->
            entry.index()
                + "/"
                + entry.term()
                + " "
                + switch (entry.payload()) {
                  case Payload.NoOp _ -> "no-op";
                  case Payload.Command command ->
                      new String(command.command(), StandardCharsets.UTF_8);
                })
        .toList();
  }
}
