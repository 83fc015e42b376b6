package dev.faultline.raft.kv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyRangeTest {

  private static final Bytes ZERO = Bytes.takingOver(new byte[] {0});

  @Test
  void withoutAnEndIsTheKeyAlone() {
    KeyRange range = KeyRange.of(Bytes.utf8("k"), Bytes.EMPTY);
    assertThat(range.contains(Bytes.utf8("k"))).isTrue();
    assertThat(range.contains(Bytes.utf8("k").successor())).isFalse();
    assertThat(range.contains(Bytes.utf8("j"))).isFalse();
  }

  @Test
  void leavesOutItsEnd() {
    KeyRange range = KeyRange.of(Bytes.utf8("a"), Bytes.utf8("c"));
    assertThat(range.contains(Bytes.utf8("a"))).isTrue();
    assertThat(range.contains(Bytes.utf8("bzz"))).isTrue();
    assertThat(range.contains(Bytes.utf8("c"))).isFalse();
  }

  @Test
  void withAZeroByteForAnEndGoesOnForever() {
    KeyRange range = KeyRange.of(Bytes.utf8("m"), ZERO);
    assertThat(range.contains(Bytes.utf8("l"))).isFalse();
    assertThat(range.contains(Bytes.takingOver(new byte[] {(byte) 0xff, (byte) 0xff}))).isTrue();
    assertThat(KeyRange.of(ZERO, ZERO).contains(Bytes.utf8("anything"))).isTrue();
  }

  @Test
  void ordersBytesWithoutSign() {
    KeyRange prefix =
        KeyRange.of(
            Bytes.takingOver(new byte[] {0x7f}), Bytes.takingOver(new byte[] {(byte) 0x81}));
    assertThat(prefix.contains(Bytes.takingOver(new byte[] {(byte) 0x80}))).isTrue();
  }

  @Test
  void isEmptyIfTheEndComesFirst() {
    KeyRange range = KeyRange.of(Bytes.utf8("c"), Bytes.utf8("a"));
    assertThat(range.contains(Bytes.utf8("b"))).isFalse();
    assertThat(range.contains(Bytes.utf8("c"))).isFalse();
  }
}
