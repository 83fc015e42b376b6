package dev.faultline.checkers.history;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into lines without copying them.
 *
 * <p>After {@link #next} returned true the line is {@code bytes()[start()..end())}, until the next
 * call.
 */
public final class LineInput {

  private static final int INITIAL_BYTES = 1 << 18;
  private static final int LONGEST_LINE_BYTES = 1 << 28;

  private final InputStream in;
  private byte[] buffer = new byte[INITIAL_BYTES];
  private int filled;
  private int start;
  private int end;
  private int next;
  private boolean ended;
  private boolean terminated;

  /** Begins with the first line of {@code in}, which the caller closes. */
  public LineInput(InputStream in) {
    this.in = in;
  }

  /** Moves to the next line; false at the end of the stream. */
  public boolean next() throws IOException {
    start = next;
    int scan = start;
    while (true) {
      while (scan < filled && buffer[scan] != '\n') {
        scan++;
      }
      if (scan < filled) {
        end = scan;
        next = scan + 1;
        terminated = true;
        return true;
      }
      if (ended) {
        end = filled;
        next = filled;
        terminated = false;
        return end > start;
      }
      scan -= makeRoom();
      fill();
    }
  }

  /** Returns the buffer that holds the line. */
  public byte[] bytes() {
    return buffer;
  }

  /** Returns where the line begins. */
  public int start() {
    return start;
  }

  /** Returns where the line ends, its line feed left out. */
  public int end() {
    return end;
  }

  /** Tells whether the line ends with a line feed; only the last one may not. */
  public boolean isTerminated() {
    return terminated;
  }

  /** Tells whether the line may be the beginning of an object that a killed writer left. */
  boolean isTorn() {
    return !terminated && buffer[start] == '{';
  }

  /** Moves the unfinished line to the front; returns by how many bytes. */
  private int makeRoom() throws IOException {
    int shift = start;
    if (shift > 0) {
      System.arraycopy(buffer, shift, buffer, 0, filled - shift);
      filled -= shift;
      start = 0;
    }
    if (filled == buffer.length) {
      if (buffer.length >= LONGEST_LINE_BYTES) {
        throw new IOException("a line is longer than " + LONGEST_LINE_BYTES + " bytes");
      }
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    return shift;
  }

  private void fill() throws IOException {
    int count = in.read(buffer, filled, buffer.length - filled);
    if (count < 0) {
      ended = true;
    } else {
      filled += count;
    }
  }
}
