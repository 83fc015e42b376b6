package dev.faultline.checkers.transactions;

import java.util.Arrays;
import java.util.Optional;

/** What the micro-operations of transactions do. */
public enum Workload {
  /**
   * Elements are appended to lists; a read sees a whole list, and with it who wrote before whom.
   */
  APPEND("append", "append"),
  /** Values are written to registers; a read sees one value. */
  WR("wr", "w");

  private final String word;
  private final String write;

  Workload(String word, String write) {
    this.word = word;
    this.write = write;
  }

  /** Returns the name by which users choose it. */
  public String word() {
    return word;
  }

  /** Returns the word for a write in a micro-operation. */
  public String write() {
    return write;
  }

  /** Returns the workload called {@code word}. */
  public static Optional<Workload> named(String word) {
    return Arrays.stream(values()).filter(workload -> workload.word.equals(word)).findFirst();
  }
}
