package dev.faultline.harness.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.faultline.checkers.history.Event;
import dev.faultline.checkers.history.EventType;
import dev.faultline.checkers.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HistoryRecorderTest {

  private static final LineFormat FORMAT =
      (out, index, event) -> out.append(index).append(' ').append(event.timeNanos()).append('\n');

  private final ConcurrentLinkedQueue<IOException> failures = new ConcurrentLinkedQueue<>();

  private static Event event(long timeNanos) {
    return new Event(timeNanos, 0, EventType.INVOKE, "read", "x", Json.NULL, "n1", null, null);
  }

  private static List<String> lines(int count) {
    return IntStream.range(0, count).mapToObj(i -> i + " " + 10L * i).toList();
  }

  /** A stream that writes nothing until it is told to. */
  private static class Gated extends OutputStream {
    final CountDownLatch gate = new CountDownLatch(1);
    final CountDownLatch reached = new CountDownLatch(1);
    final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      reached.countDown();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      written.write(bytes, offset, length);
    }
  }

  @Test
  void writesEveryEventInOrder(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("history.ndjson");
    int count = 200_000; // several times what the buffers hold
    try (HistoryRecorder recorder = HistoryRecorder.create(file, FORMAT, failures::add)) {
      for (int i = 0; i < count; i++) {
        recorder.record(event(10L * i));
      }
      assertThat(recorder.recorded()).isEqualTo(count);
    }
    assertThat(Files.readAllLines(file)).isEqualTo(lines(count));
    assertThat(failures).isEmpty();
  }

  @Test
  void whatWasRecordedIsReadableSoonThoughNothingFollows(@TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("history.ndjson");
    try (HistoryRecorder recorder = HistoryRecorder.create(file, FORMAT, failures::add)) {
      recorder.record(event(0));
      recorder.record(event(10));
      // Read while the recorder is open: a harness that is killed now leaves this behind.
      await().until(() -> Files.readAllLines(file).equals(lines(2)));
    }
  }

  @Test
  void aSlowDiskHoldsUpTheRunAndLosesNothing() throws Exception {
    Gated disk = new Gated();
    HistoryRecorder recorder = HistoryRecorder.start(disk, 8, FORMAT, failures::add);
    CompletableFuture<Void> run =
        CompletableFuture.runAsync(() -> {
          for (int i = 0; i < 100; i++) {
            recorder.record(event(10L * i));
          }
        });
    disk.reached.await();
    // Two buffers of eight at most can be taken before the first byte is written.
    await().until(() -> recorder.recorded() >= 8);
    assertThat(recorder.recorded()).isLessThanOrEqualTo(16);
    assertThat(run).isNotDone();
    disk.gate.countDown();
    run.get(30, TimeUnit.SECONDS);
    recorder.close();
    assertThat(disk.written.toString(StandardCharsets.UTF_8).lines().toList())
        .isEqualTo(lines(100));
    assertThat(recorder.backPressureNanos()).isPositive();
  }

  @Test
  void timeThatRunsBackwardsIsRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (HistoryRecorder recorder = HistoryRecorder.start(out, 8, FORMAT, failures::add)) {
      recorder.record(event(10));
      recorder.record(event(10));
      assertThatThrownBy(() -> recorder.record(event(9)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("backwards");
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("0 10\n1 10\n");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsToldOnceAndAgainAtTheEnd() throws IOException {
    HistoryRecorder recorder = HistoryRecorder.create(Path.of("/dev/full"), FORMAT, failures::add);
    recorder.record(event(0));
    await().until(() -> !failures.isEmpty());
    for (int i = 1; i < 100_000; i++) {
      recorder.record(event(10L * i)); // does not wait for room that never comes
    }
    assertThatThrownBy(recorder::close)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("incomplete");
    assertThat(failures).hasSize(1);
  }

  @Test
  void aFailureFreesARunThatWaitsForRoom() throws Exception {
    Gated disk =
        new Gated() {
          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            super.write(bytes, offset, length);
            throw new IOException("No space left on device");
          }
        };
    HistoryRecorder recorder = HistoryRecorder.start(disk, 4, FORMAT, failures::add);
    CompletableFuture<Void> run =
        CompletableFuture.runAsync(() -> {
          for (int i = 0; i < 100; i++) {
            recorder.record(event(10L * i));
          }
        });
    disk.reached.await();
    await().until(() -> recorder.recorded() >= 4);
    disk.gate.countDown();
    run.get(30, TimeUnit.SECONDS);
    assertThatThrownBy(recorder::close).hasMessageContaining("No space left");
  }

  @Test
  void aDefectiveFormatIsAFailureToo() {
    LineFormat defective =
        (_, _, _) -> {
          throw new IllegalStateException("defect");
        };
    HistoryRecorder recorder =
        HistoryRecorder.start(new ByteArrayOutputStream(), 8, defective, failures::add);
    recorder.record(event(0));
    assertThatThrownBy(recorder::close).hasMessageContaining("defect");
  }

  @Test
  void nothingIsRecordedAfterTheEnd() throws IOException {
    HistoryRecorder recorder =
        HistoryRecorder.start(new ByteArrayOutputStream(), 8, FORMAT, failures::add);
    recorder.close();
    recorder.close();
    assertThatThrownBy(() -> recorder.record(event(0))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFileThatCannotBeCreatedIsToldAtOnce(@TempDir Path directory) {
    assertThatThrownBy(() ->
            HistoryRecorder.create(directory.resolve("no/such.ndjson"), FORMAT, failures::add))
        .isInstanceOf(IOException.class);
  }
}
