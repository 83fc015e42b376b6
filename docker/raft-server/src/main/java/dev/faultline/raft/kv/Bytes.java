package dev.faultline.raft.kv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An immutable string of bytes, ordered as unsigned bytes from the left: etcd's order of keys. */
public final class Bytes implements Comparable<Bytes> {

  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Returns the bytes of {@code array}, which must not be changed by anyone from now on. */
  public static Bytes takingOver(byte[] array) {
    return array.length == 0 ? EMPTY : new Bytes(array);
  }

  /** Returns {@code text} in UTF-8. */
  public static Bytes utf8(String text) {
    return takingOver(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns how many bytes there are. */
  public int length() {
    return array.length;
  }

  /** Tells whether there are none. */
  public boolean isEmpty() {
    return array.length == 0;
  }

  /** Returns the least string of bytes that is greater than this one: this one and a zero byte. */
  public Bytes successor() {
    return new Bytes(Arrays.copyOf(array, array.length + 1));
  }

  /** Returns a view of the bytes that cannot change them. */
  public ByteBuffer asReadOnlyBuffer() {
    return ByteBuffer.wrap(array).asReadOnlyBuffer();
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  /** Returns the bytes as text, for people; not reversible. */
  @Override
  public String toString() {
    return new String(array, StandardCharsets.UTF_8);
  }
}
