package dev.faultline.checkers.history;

import dev.faultline.checkers.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds an event to read a history file into columns. The baseline finds the line ends and
 * does nothing else.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReadingBenchmark {

  private static final int EVENTS = 100_000;

  /** Whether the file is gzipped. */
  @Param({"false", "true"})
  public boolean gzipped;

  private Path file;

  /** Writes a history. */
  @Setup(Level.Trial)
  public void write() throws IOException {
    Random random = new Random(1);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      int process = i / 2 % 10;
      EventType type = i % 2 == 0 ? EventType.INVOKE : EventType.OK;
      String key = "k" + i / 2 % 1_000;
      Json value = Json.of(random.nextLong(1L << 40));
      HistoryLines.append(
          lines,
          i,
          new Event(i * 1_000L, process, type, "write", key, value, "n1", null, null));
    }
    file = Files.createTempFile("faultline-benchmark", gzipped ? ".gz" : ".ndjson");
    try (OutputStream plain = Files.newOutputStream(file);
        OutputStream out = gzipped ? new GZIPOutputStream(plain) : plain) {
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Deletes the file. */
  @TearDown(Level.Trial)
  public void delete() throws IOException {
    Files.delete(file);
  }

  /** Reads the file into columns. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public History read() throws IOException {
    return HistoryReader.read(file);
  }

  /** Finds the lines of the file. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public int baselineLines() throws IOException {
    int count = 0;
    try (InputStream in = HistoryReader.open(file)) {
      LineInput lines = new LineInput(in);
      while (lines.next()) {
        count++;
      }
    }
    return count;
  }
}
