package dev.faultline.raft.log;

import dev.faultline.raft.core.BootState;
import dev.faultline.raft.core.Effect;
import dev.faultline.raft.core.Entry;
import dev.faultline.raft.core.HardState;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.RaftPolicy;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's term, vote, log and incarnation in segmented, append-only files with group commit. The
 * package's page describes the files and the rules of recovery.
 *
 * <p>Not thread-safe. The first I/O error is final.
 */
public final class RaftStorage implements LogStorage {

  private static final Logger LOG = LoggerFactory.getLogger(RaftStorage.class);

  private static final int SEGMENT_BYTES = 16 << 20;
  private static final int GROUP_BYTES = 4 << 20;

  private final Path directory;
  private final NodeId self;
  private final long incarnation;
  private final DirectoryLock lock;
  private final SegmentDirectory segments;
  private final int segmentBytes;

  private SegmentWriter writer;
  private long segmentNumber;
  private HardState hardState;
  private long lastIndex;
  private @Nullable IOException failure;

  private RaftStorage(
      Path directory,
      NodeId self,
      DirectoryLock lock,
      FileAccess files,
      LongConsumer fsyncNanos,
      int segmentBytes,
      Replay replay)
      throws IOException {
    this.directory = directory;
    this.self = self;
    this.lock = lock;
    this.segmentBytes = segmentBytes;
    this.segments = new SegmentDirectory(directory, files, fsyncNanos);
    this.segmentNumber = segments.lastNumber();
    if (segmentNumber > 0) {
      this.writer = segments.replay(segmentNumber, replay);
      this.incarnation = replay.incarnation() + 1;
      this.hardState = replay.hardState();
      writer.append(List.of(new LogRecord.Boot(self, incarnation)));
    } else {
      this.incarnation = 1;
      this.hardState = HardState.INITIAL;
      this.writer = segments.create(++segmentNumber, head());
    }
    this.lastIndex = replay.entries().size();
  }

  /**
   * Opens a data directory, making it if need be, and begins a new incarnation of the node; that it
   * has begun is durable when this returns.
   *
   * @param policy decides which term and vote the node goes by, and whether writes are synced
   * @param fsyncNanos is told how long each sync of the log took
   * @throws CorruptLogException if durable data is damaged
   * @throws StorageException if the directory is in use, or another node's
   */
  public static OpenedStorage open(
      Path directory, NodeId self, RaftPolicy policy, LongConsumer fsyncNanos) throws IOException {
    return open(directory, self, policy, fsyncNanos, FileAccess.SYSTEM, SEGMENT_BYTES);
  }

  static OpenedStorage open(
      Path directory,
      NodeId self,
      RaftPolicy policy,
      LongConsumer fsyncNanos,
      FileAccess files,
      int segmentBytes)
      throws IOException {
    DirectoryLock lock = prepare(directory, files);
    try {
      var replay = new Replay(self);
      var storage = new RaftStorage(directory, self, lock, files, fsyncNanos, segmentBytes, replay);
      var boot =
          new BootState(
              policy.recovered(replay.hardState()), replay.entries(), storage.incarnation);
      return new OpenedStorage(
          boot, policy.syncsBeforeAcknowledging() ? storage : new WriteBehindStorage(storage));
    } catch (IOException e) {
      lock.close();
      throw explained(e, directory);
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  private static DirectoryLock prepare(Path directory, FileAccess files) throws IOException {
    try {
      createDirectory(directory.toAbsolutePath(), files);
      return DirectoryLock.acquire(directory);
    } catch (StorageException e) {
      throw e;
    } catch (AccessDeniedException e) {
      throw new StorageException(
          "the data directory %s cannot be used: permission denied for %s"
              .formatted(directory, e.getFile()),
          e);
    } catch (FileAlreadyExistsException e) {
      throw new StorageException(
          "the data directory %s cannot be made: %s is a file".formatted(directory, e.getFile()),
          e);
    } catch (IOException e) {
      throw new StorageException(
          "the data directory %s cannot be used: %s".formatted(directory, e.getMessage()), e);
    }
  }

  /**
   * Makes {@code directory} and what it lies in, durably. A directory that is there already may be
   * one that an earlier start made and did not come to sync, so that every level is synced; but
   * nothing hangs on those that this process may not even open: it has not made them.
   */
  private static void createDirectory(Path directory, FileAccess files) throws IOException {
    Path existing = directory;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    Files.createDirectories(directory);
    Path level = directory;
    for (Path parent = level.getParent(); parent != null; parent = level.getParent()) {
      if (existing != null && existing.startsWith(level)) {
        trySync(parent, files);
      } else {
        files.syncDirectory(parent);
      }
      level = parent;
    }
  }

  private static void trySync(Path directory, FileAccess files) {
    try {
      files.syncDirectory(directory);
    } catch (IOException e) {
      LOG.debug("{} is not synced: {}", directory, e.toString());
    }
  }

  @Override
  public void write(List<Effect.Persist> batch) throws IOException {
    if (failure != null) {
      throw new StorageException("the log failed before and is not written again", failure);
    }
    try {
      writeGroups(batch);
    } catch (IOException e) {
      failure = explained(e, directory);
      throw failure;
    }
  }

  private void writeGroups(List<Effect.Persist> batch) throws IOException {
    var group = new ArrayList<LogRecord>();
    int groupBytes = 0;
    for (Effect.Persist persist : batch) {
      for (LogRecord record : records(persist)) {
        if (!group.isEmpty() && groupBytes + record.sizeBytes() > GROUP_BYTES) {
          append(group);
          group.clear();
          groupBytes = 0;
        }
        group.add(record);
        groupBytes += record.sizeBytes();
      }
    }
    if (!group.isEmpty()) {
      append(group);
    }
  }

  private List<LogRecord> records(Effect.Persist persist) {
    var records = new ArrayList<LogRecord>(persist.entries().size() + 1);
    if (persist.hardState() != null) {
      records.add(new LogRecord.State(persist.hardState()));
    }
    for (Entry entry : persist.entries()) {
      if (entry.index() < 1 || entry.index() > lastIndex + 1) {
        throw new IllegalStateException(
            "entry %d would leave a gap: the log ends at %d".formatted(entry.index(), lastIndex));
      }
      records.add(new LogRecord.Append(entry));
      lastIndex = entry.index();
    }
    return records;
  }

  private void append(List<LogRecord> group) throws IOException {
    if (writer.sizeBytes() >= segmentBytes) {
      writer.close();
      writer = segments.create(++segmentNumber, head());
    }
    writer.append(group);
    for (LogRecord record : group) {
      if (record instanceof LogRecord.State(HardState durable)) {
        hardState = durable;
      }
    }
  }

  private List<LogRecord> head() {
    return List.of(new LogRecord.Boot(self, incarnation), new LogRecord.State(hardState));
  }

  private static IOException explained(IOException e, Path directory) {
    if (e instanceof StorageException) {
      return e;
    }
    String message = String.valueOf(e.getMessage());
    if (message.toLowerCase(Locale.ROOT).contains("no space left")) {
      return new StorageException(
          "the disk under %s is full; nothing that was acknowledged is lost: free some space and start the node again"
              .formatted(directory),
          e);
    }
    return new StorageException(
        "the log in %s cannot be written or read: %s".formatted(directory, message), e);
  }

  @Override
  public void close() throws IOException {
    try {
      writer.close();
    } finally {
      lock.close();
    }
  }
}
