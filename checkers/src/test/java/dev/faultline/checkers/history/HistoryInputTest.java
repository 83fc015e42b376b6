package dev.faultline.checkers.history;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryInputTest {

  private static final String MARK = "\ufeff";

  @TempDir Path directory;

  @Test
  void readsPlainAndGzippedTextWithAndWithoutAMark() throws IOException {
    for (String text : new String[] {"", "\n", "{", "{}", "\u00ef\u00bb?", "{\"f\":\"read\"}\n"}) {
      for (byte[] bytes : new byte[][] {text.getBytes(UTF_8), (MARK + text).getBytes(UTF_8)}) {
        assertThat(read(bytes)).isEqualTo(text);
        assertThat(read(gzip(bytes))).isEqualTo(text);
      }
    }
  }

  /** However early the writer was killed. */
  @Test
  void endsWhereGzipDataEndTooEarly() throws IOException {
    StringBuilder text = new StringBuilder();
    new Random(1).ints(5_000, 'a', 'z').forEach(text::appendCodePoint);
    String whole = text.toString();
    byte[] gzipped = gzip(whole.getBytes(UTF_8));
    for (int length = 2; length < gzipped.length; length += 97) {
      assertThat(whole).startsWith(read(Arrays.copyOf(gzipped, length)));
    }
    assertThat(read(Arrays.copyOf(gzipped, gzipped.length - 1))).isEqualTo(whole);
  }

  @Test
  void namesTheFileWhoseGzipDataAreDamaged() throws IOException {
    byte[] gzipped = gzip("{}\n".repeat(1_000).getBytes(UTF_8));
    gzipped[gzipped.length - 6] ^= 1; // In the checksum.
    assertThatThrownBy(() -> read(gzipped))
        .isInstanceOf(HistoryFormatException.class)
        .hasMessageStartingWith(directory.resolve("history") + ": the gzip data are damaged after ")
        .hasMessageEndingWith("; copy or download the file again");
    gzipped[2] = 99; // There is no such method.
    assertThatThrownBy(() -> read(gzipped)).hasMessageContaining(": the gzip data are damaged");
  }

  @Test
  void refusesOtherEncodingsAndDirectories() {
    assertThatThrownBy(() -> read("{}".getBytes(UTF_16)))
        .isInstanceOf(HistoryFormatException.class)
        .hasMessageContaining("UTF-16")
        .hasMessageContaining("iconv");
    assertThatThrownBy(() -> HistoryInput.open(directory))
        .isInstanceOf(HistoryFormatException.class)
        .hasMessage(directory + ": it is a directory; name a history in it");
  }

  @Test
  void knowsHowLargeAFileIsByItsBeginning() throws IOException {
    StringBuilder lines = new StringBuilder();
    new Random(1)
        .ints(60_000, 100_000, 1_000_000)
        .forEach(value ->
            lines
                .append("{\"type\":\"invoke\",\"f\":\"write\",\"process\":")
                .append(value)
                .append(",\"value\":1}\n"));
    byte[] text = lines.toString().getBytes(UTF_8);
    for (byte[] bytes : new byte[][] {text, gzip(text)}) {
      HistorySize size = HistorySize.of(file(bytes));
      assertThat(size.events()).isBetween(50_000L, 70_000L);
      assertThat(size.textBytes()).isBetween(text.length * 5L / 6, text.length * 7L / 6);
    }
  }

  /** Whoever reads it will say so. */
  @Test
  void judgesTheSizeOfDamagedFilesToo() throws IOException {
    byte[] damaged = gzip(new byte[100]);
    damaged[damaged.length - 6] ^= 1;
    assertThat(HistorySize.of(file(damaged)).events()).isZero();
    damaged[2] = 99;
    assertThat(HistorySize.of(file(damaged)).events()).isZero();
    assertThat(HistorySize.of(file(Arrays.copyOf(damaged, 2))).events()).isZero();
  }

  private String read(byte[] bytes) throws IOException {
    try (InputStream in = HistoryInput.open(file(bytes))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("history"), bytes);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }
}
