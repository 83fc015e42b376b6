package dev.faultline.checkers.history;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * How large a history file is, judged by its beginning.
 *
 * @param events about how many events it has
 * @param textBytes about how many bytes of text, uncompressed
 */
public record HistorySize(long events, long textBytes) {

  private static final int SAMPLE_BYTES = 1 << 20;

  /** Small, so that little more is read than what the sample was made of. */
  private static final int GZIP_BUFFER_BYTES = 1 << 12;

  /**
   * Looks at the beginning of {@code file}, plain or gzipped.
   *
   * @throws IOException if it cannot be read
   */
  public static HistorySize of(Path file) throws IOException {
    byte[] sample = new byte[SAMPLE_BYTES];
    int filled = 0;
    long consumed;
    boolean gzipped = HistoryInput.isGzipped(file);
    try (CountingInputStream raw = new CountingInputStream(Files.newInputStream(file));
        InputStream in = gzipped ? new GZIPInputStream(raw, GZIP_BUFFER_BYTES) : raw) {
      for (int count = 0; count >= 0 && filled < SAMPLE_BYTES; filled += Math.max(0, count)) {
        count = in.read(sample, filled, SAMPLE_BYTES - filled);
      }
      consumed = raw.count;
    } catch (EOFException | ZipException damaged) {
      consumed = Files.size(file);
    }
    long lines = 0;
    for (int i = 0; i < filled; i++) {
      lines += sample[i] == '\n' ? 1 : 0;
    }
    double times = filled < SAMPLE_BYTES ? 1 : (double) Files.size(file) / Math.max(1, consumed);
    return new HistorySize((long) (lines * times), (long) (filled * times));
  }

  /** Counts the bytes that were read. */
  private static final class CountingInputStream extends FilterInputStream {
    private long count;

    CountingInputStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
