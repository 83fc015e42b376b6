package dev.faultline.checkers.history;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The text of a file, plain or gzipped (told apart by content, not by name).
 *
 * <p>Damaged gzip data are malformed input; those that only end too early, as a killed writer
 * leaves them, end with what can be read. A byte order mark of UTF-8, which some editors write, is
 * left out.
 */
final class HistoryInput extends FilterInputStream {

  private static final int GZIP_BUFFER_BYTES = 1 << 16;
  private static final int BEGINNING_BYTES = 3;
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int UTF_16_BIG_ENDIAN = 0xfeff;
  private static final int UTF_16_LITTLE_ENDIAN = 0xfffe;
  private static final int UTF_8_MARK = 0xefbbbf;

  private final Path file;
  private long read;

  private HistoryInput(Path file, InputStream in) {
    super(in);
    this.file = file;
  }

  /**
   * Opens {@code file}.
   *
   * @throws HistoryFormatException if it is no text, or in another encoding
   * @throws IOException if it cannot be read
   */
  static InputStream open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new HistoryFormatException(file, "it is a directory", "name a history in it");
    }
    BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file));
    try {
      if (firstTwo(in) != GZIP_MAGIC) {
        return text(file, in);
      }
      return text(file, new BufferedInputStream(new HistoryInput(file, unzipped(file, in))));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  static boolean isGzipped(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return firstTwo(in) == GZIP_MAGIC;
    }
  }

  private static InputStream unzipped(Path file, InputStream in) throws IOException {
    try {
      return new GZIPInputStream(in, GZIP_BUFFER_BYTES);
    } catch (ZipException e) {
      throw damaged(file, 0, e);
    } catch (EOFException cutOff) {
      return InputStream.nullInputStream();
    }
  }

  private static InputStream text(Path file, BufferedInputStream in) throws IOException {
    int two = firstTwo(in);
    if (two == UTF_16_BIG_ENDIAN || two == UTF_16_LITTLE_ENDIAN) {
      throw new HistoryFormatException(
          file, "the text is UTF-16", "make it UTF-8, such as with iconv -f UTF-16 -t UTF-8");
    }
    in.mark(BEGINNING_BYTES);
    if (two != UTF_8_MARK >> Byte.SIZE || in.skip(2) != 2 || in.read() != (UTF_8_MARK & 0xff)) {
      in.reset();
    }
    return in;
  }

  private static int firstTwo(InputStream in) throws IOException {
    in.mark(BEGINNING_BYTES);
    int two = in.read() << Byte.SIZE | in.read();
    in.reset();
    return two;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] into, int start, int length) throws IOException {
    try {
      int count = super.read(into, start, length);
      read += Math.max(0, count);
      return count;
    } catch (EOFException cutOff) {
      return -1;
    } catch (ZipException e) {
      throw damaged(file, read, e);
    }
  }

  private static HistoryFormatException damaged(Path file, long read, ZipException cause) {
    HistoryFormatException damaged =
        new HistoryFormatException(
            file,
            "the gzip data are damaged after "
                + read
                + " bytes of text ("
                + cause.getMessage()
                + ")",
            "copy or download the file again");
    damaged.initCause(cause);
    return damaged;
  }
}
