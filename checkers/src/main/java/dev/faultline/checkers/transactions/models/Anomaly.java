package dev.faultline.checkers.transactions.models;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Something that a history of transactions can show and a consistency model may forbid.
 *
 * <p>Cycles come in three forms: of data dependencies alone; with the order within a process; with
 * the order of real time. Each form implies the next, for a longer order only adds edges.
 */
public enum Anomaly {
  /** A transaction's read contradicts what it itself read or wrote before. */
  INTERNAL("internal"),
  /** A transaction reads what it writes only later. */
  FUTURE_READ("future-read"),
  /** Aborted read: a committed transaction saw a write of one that failed. */
  G1A("G1a"),
  /** Intermediate read: a transaction saw a value that its writer went on to overwrite. */
  G1B("G1b"),
  /** A committed version was built upon an aborted one. */
  DIRTY_UPDATE("dirty-update"),
  /** An element is twice in one list. */
  DUPLICATE_ELEMENTS("duplicate-elements"),
  /** Two reads of a list of which neither is a prefix of the other. */
  INCOMPATIBLE_ORDER("incompatible-order"),
  /** Two transactions read the same version of a key, and both wrote the key. */
  LOST_UPDATE("lost-update"),
  /** What is known of the order of a key's versions contradicts itself. */
  CYCLIC_VERSIONS("cyclic-versions"),
  /** A read saw a value that nobody wrote. */
  GARBAGE_READ("garbage-read"),

  /** Dirty write: a cycle of write dependencies. */
  G0("G0"),
  /** A cycle of write and read dependencies. */
  G1C("G1c"),
  /** A cycle with exactly one anti-dependency between items: read skew. */
  G_SINGLE_ITEM("G-single-item"),
  /** A cycle of which no two anti-dependencies are neighbours: a long fork. */
  G_NONADJACENT_ITEM("G-nonadjacent-item"),
  /** A cycle with anti-dependencies between items: write skew. */
  G2_ITEM("G2-item"),
  G0_PROCESS("G0-process"),
  G1C_PROCESS("G1c-process"),
  G_SINGLE_ITEM_PROCESS("G-single-item-process"),
  G_NONADJACENT_ITEM_PROCESS("G-nonadjacent-item-process"),
  G2_ITEM_PROCESS("G2-item-process"),
  G0_REALTIME("G0-realtime"),
  G1C_REALTIME("G1c-realtime"),
  G_SINGLE_ITEM_REALTIME("G-single-item-realtime"),
  G_NONADJACENT_ITEM_REALTIME("G-nonadjacent-item-realtime"),
  G2_ITEM_REALTIME("G2-item-realtime"),

  // What follows is never found as such: classes of the above, and what needs predicates.
  G1("G1"),
  G1_PROCESS("G1-process"),
  G1_REALTIME("G1-realtime"),
  G_SINGLE("G-single"),
  G_SINGLE_PROCESS("G-single-process"),
  G_SINGLE_REALTIME("G-single-realtime"),
  G_NONADJACENT("G-nonadjacent"),
  G_NONADJACENT_PROCESS("G-nonadjacent-process"),
  G_NONADJACENT_REALTIME("G-nonadjacent-realtime"),
  G2("G2"),
  G2_PROCESS("G2-process"),
  G2_REALTIME("G2-realtime"),
  WRITE_SKEW("write-skew"),
  G_CURSOR("G-cursor"),
  G_MONOTONIC("G-monotonic"),
  G_MSR("G-MSR"),
  G_SI("G-SI"),
  G_SIB("G-SIb"),
  G_UPDATE("G-update"),
  PREDICATE_READ_MISS("predicate-read-miss");

  private final String word;

  Anomaly(String word) {
    this.word = word;
  }

  /** Tells whether this is ever found as such; what it includes may be, whatever it is itself. */
  public boolean isFound() {
    return compareTo(G2_ITEM_REALTIME) <= 0;
  }

  /** Returns the field's name for it, such as {@code G-single-item}. */
  public String word() {
    return word;
  }

  /** Returns the anomaly called {@code word}. */
  public static Optional<Anomaly> named(String word) {
    return Arrays.stream(values()).filter(anomaly -> anomaly.word.equals(word)).findFirst();
  }

  /** Returns what this is directly a special case of. */
  List<Anomaly> implies() {
    return switch (this) {
      case FUTURE_READ -> List.of(G1C);
      case G1A, G1B -> List.of(G1);
      case DIRTY_UPDATE, INCOMPATIBLE_ORDER -> List.of(G1A);
      case LOST_UPDATE -> List.of(G2_ITEM, WRITE_SKEW);
      case WRITE_SKEW -> List.of(G2);
      case G0 -> List.of(G0_PROCESS, G1C);
      case G0_PROCESS -> List.of(G0_REALTIME, G1C_PROCESS);
      case G0_REALTIME -> List.of(G1C_REALTIME);
      case G1C -> List.of(G1, G1C_PROCESS);
      case G1C_PROCESS -> List.of(G1_PROCESS, G1C_REALTIME);
      case G1C_REALTIME -> List.of(G1_REALTIME);
      case G1 -> List.of(G1_PROCESS);
      case G1_PROCESS -> List.of(G1_REALTIME);
      case G_SINGLE_ITEM -> List.of(G_NONADJACENT_ITEM, G_SINGLE, G_SINGLE_ITEM_PROCESS);
      case G_SINGLE_ITEM_PROCESS ->
          List.of(G_NONADJACENT_ITEM_PROCESS, G_SINGLE_PROCESS, G_SINGLE_ITEM_REALTIME);
      case G_SINGLE_ITEM_REALTIME -> List.of(G_NONADJACENT_ITEM_REALTIME, G_SINGLE_REALTIME);
      case G_SINGLE -> List.of(G_NONADJACENT, G_SINGLE_PROCESS);
      case G_SINGLE_PROCESS -> List.of(G_NONADJACENT_PROCESS, G_SINGLE_REALTIME);
      case G_SINGLE_REALTIME -> List.of(G_NONADJACENT_REALTIME);
      case G_NONADJACENT_ITEM -> List.of(G2_ITEM, G_NONADJACENT, G_NONADJACENT_ITEM_PROCESS);
      case G_NONADJACENT_ITEM_PROCESS ->
          List.of(G2_ITEM_PROCESS, G_NONADJACENT_PROCESS, G_NONADJACENT_ITEM_REALTIME);
      case G_NONADJACENT_ITEM_REALTIME -> List.of(G2_ITEM_REALTIME, G_NONADJACENT_REALTIME);
      case G_NONADJACENT -> List.of(G2, G_NONADJACENT_PROCESS);
      case G_NONADJACENT_PROCESS -> List.of(G2_PROCESS, G_NONADJACENT_REALTIME);
      case G_NONADJACENT_REALTIME -> List.of(G2_REALTIME);
      case G2_ITEM -> List.of(G2, G2_ITEM_PROCESS);
      case G2_ITEM_PROCESS -> List.of(G2_PROCESS, G2_ITEM_REALTIME);
      case G2_ITEM_REALTIME -> List.of(G2_REALTIME);
      case G2 -> List.of(G2_PROCESS);
      case G2_PROCESS -> List.of(G2_REALTIME);
      case INTERNAL,
          DUPLICATE_ELEMENTS,
          CYCLIC_VERSIONS,
          GARBAGE_READ,
          G1_REALTIME,
          G2_REALTIME,
          G_CURSOR,
          G_MONOTONIC,
          G_MSR,
          G_SI,
          G_SIB,
          G_UPDATE,
          PREDICATE_READ_MISS ->
          List.of();
    };
  }
}
