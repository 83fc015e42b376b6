package dev.faultline.workloads.transaction;

import dev.faultline.workloads.client.MicroOperation;

/** What the transactions of a workload are about. */
public enum TransactionKind {
  /** Lists: append, and read all. */
  APPEND("append") {
    @Override
    MicroOperation read(String key) {
      return new MicroOperation.ReadList(key);
    }

    @Override
    MicroOperation write(String key, long value) {
      return new MicroOperation.Append(key, value);
    }
  },
  /** Registers: write and read. */
  WR("wr") {
    @Override
    MicroOperation read(String key) {
      return new MicroOperation.Read(key);
    }

    @Override
    MicroOperation write(String key, long value) {
      return new MicroOperation.Write(key, value);
    }
  };

  private final String word;

  TransactionKind(String word) {
    this.word = word;
  }

  /** Returns the name of the workload, and of the checker's workload. */
  public String word() {
    return word;
  }

  abstract MicroOperation read(String key);

  abstract MicroOperation write(String key, long value);
}
