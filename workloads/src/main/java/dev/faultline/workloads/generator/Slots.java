package dev.faultline.workloads.generator;

import java.util.Arrays;

/**
 * A fixed number of generators by index; immutable. A change copies one chunk and the list of
 * chunks, not everything, because it happens at every operation.
 */
final class Slots {

  private static final int CHUNK_BITS = 4;
  private static final int CHUNK = 1 << CHUNK_BITS;

  private final Generator[][] chunks;
  private final int size;

  private Slots(Generator[][] chunks, int size) {
    this.chunks = chunks;
    this.size = size;
  }

  static Slots filled(int size, Generator generator) {
    Generator[] chunk = new Generator[CHUNK];
    Arrays.fill(chunk, generator);
    Generator[][] chunks = new Generator[(size + CHUNK - 1) >>> CHUNK_BITS][];
    Arrays.fill(chunks, chunk);
    return new Slots(chunks, size);
  }

  int size() {
    return size;
  }

  Generator get(int index) {
    return chunks[index >>> CHUNK_BITS][index & (CHUNK - 1)];
  }

  Slots with(int index, Generator generator) {
    if (Unchanged.is(get(index), generator)) {
      return this;
    }
    Generator[][] changed = chunks.clone();
    Generator[] chunk = changed[index >>> CHUNK_BITS].clone();
    chunk[index & (CHUNK - 1)] = generator;
    changed[index >>> CHUNK_BITS] = chunk;
    return new Slots(changed, size);
  }
}
