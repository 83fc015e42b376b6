package dev.faultline.raft.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segments of a data directory, numbered from 1 without gaps. */
final class SegmentDirectory {

  private static final Logger log = LoggerFactory.getLogger(SegmentDirectory.class);

  private static final Pattern SEGMENT_NAME = Pattern.compile("wal-([0-9]{16})\\.log");
  private static final String UNFINISHED = "wal-next.tmp";

  private final Path directory;
  private final FileAccess files;
  private final LongConsumer fsyncNanos;

  SegmentDirectory(Path directory, FileAccess files, LongConsumer fsyncNanos) {
    this.directory = directory;
    this.files = files;
    this.fsyncNanos = fsyncNanos;
  }

  /** Returns the number of the last segment, 0 if there is none. */
  long lastNumber() throws IOException {
    Files.deleteIfExists(directory.resolve(UNFINISHED)); // It never was part of the log.
    long[] numbers = numbers();
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] != i + 1) {
        throw new CorruptLogException(file(i + 1), 0, "the segment is missing, later ones are not");
      }
    }
    return numbers.length;
  }

  private long[] numbers() throws IOException {
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      return StreamSupport.stream(paths.spliterator(), false)
          .map(path -> SEGMENT_NAME.matcher(path.getFileName().toString()))
          .filter(Matcher::matches)
          .flatMapToLong(matcher -> LongStream.of(Long.parseLong(matcher.group(1))))
          .sorted()
          .toArray();
    }
  }

  /** Makes a new segment whose first group is {@code head}; it exists with it, or not at all. */
  SegmentWriter create(long number, List<LogRecord> head) throws IOException {
    Path unfinished = directory.resolve(UNFINISHED);
    long salt = new SecureRandom().nextLong();
    FileChannel channel =
        files.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      ByteBuffer header = SegmentFormat.segmentHeader(number, salt);
      while (header.hasRemaining()) {
        channel.write(header, header.position());
      }
      var writer = new SegmentWriter(channel, salt, SegmentFormat.SEGMENT_HEADER_BYTES, fsyncNanos);
      writer.append(head);
      Files.move(unfinished, file(number), StandardCopyOption.ATOMIC_MOVE);
      files.syncDirectory(directory);
      return writer;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Reads segments 1 to {@code lastNumber} into {@code replay} and opens the last for writing. */
  SegmentWriter replay(long lastNumber, Replay replay) throws IOException {
    for (long number = 1; number < lastNumber; number++) {
      Path file = file(number);
      try (FileChannel channel = files.open(file, StandardOpenOption.READ)) {
        new SegmentReader(channel, file, number, false)
            .replay((record, offset) -> replay.take(record, file, offset));
      }
    }
    Path file = file(lastNumber);
    FileChannel channel = files.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      return replayLast(channel, file, lastNumber, replay);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private SegmentWriter replayLast(FileChannel channel, Path file, long number, Replay replay)
      throws IOException {
    var reader = new SegmentReader(channel, file, number, true);
    long end = reader.replay((record, offset) -> replay.take(record, file, offset));
    long tornBytes = channel.size() - end;
    if (tornBytes > 0) {
      log.warn(
          "{}: cutting off {} bytes at offset {}: a write that was interrupted, and that nobody was"
              + " promised",
          file,
          tornBytes,
          end);
      channel.truncate(end);
      channel.force(true);
    }
    return new SegmentWriter(channel, reader.salt(), end, fsyncNanos);
  }

  private Path file(long number) {
    return directory.resolve("wal-%016d.log".formatted(number));
  }
}
