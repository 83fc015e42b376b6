package dev.faultline.checkers.transactions.graph;

import static dev.faultline.checkers.transactions.graph.Dependency.PROCESS;
import static dev.faultline.checkers.transactions.graph.Dependency.REALTIME;
import static dev.faultline.checkers.transactions.graph.Dependency.RW;
import static dev.faultline.checkers.transactions.graph.Dependency.WR;
import static dev.faultline.checkers.transactions.graph.Dependency.WW;

import dev.faultline.checkers.transactions.models.Anomaly;

/**
 * A class of cycles: an edge that must be there, and the kinds of which the way back is made.
 *
 * @param anomaly what such a cycle is
 * @param needs the required edge has one of these kinds
 * @param lacks and none of these; a cycle that could do with weaker edges is of a simpler class
 * @param way the kinds of the way back
 * @param apart whether no two anti-dependencies may be neighbours; the way back may then use them
 */
record CycleClass(Anomaly anomaly, int needs, int lacks, int way, boolean apart) {

  /** The order beside that of data: none, of processes, of real time. */
  enum Form {
    DATA(0),
    PROCESS_ORDER(PROCESS),
    REAL_TIME(REALTIME);

    private final int kind;

    Form(int kind) {
      this.kind = kind;
    }

    int kind() {
      return kind;
    }
  }

  private static final int DATA_BUT_RW = WW | WR;

  static CycleClass single(Form form) {
    return new CycleClass(
        switch (form) {
          case DATA -> Anomaly.G_SINGLE_ITEM;
          case PROCESS_ORDER -> Anomaly.G_SINGLE_ITEM_PROCESS;
          case REAL_TIME -> Anomaly.G_SINGLE_ITEM_REALTIME;
        },
        RW,
        DATA_BUT_RW,
        DATA_BUT_RW | form.kind(),
        false);
  }

  static CycleClass nonadjacent(Form form) {
    return new CycleClass(
        switch (form) {
          case DATA -> Anomaly.G_NONADJACENT_ITEM;
          case PROCESS_ORDER -> Anomaly.G_NONADJACENT_ITEM_PROCESS;
          case REAL_TIME -> Anomaly.G_NONADJACENT_ITEM_REALTIME;
        },
        RW,
        DATA_BUT_RW,
        DATA_BUT_RW | form.kind(),
        true);
  }

  static CycleClass any(Form form) {
    return new CycleClass(
        switch (form) {
          case DATA -> Anomaly.G2_ITEM;
          case PROCESS_ORDER -> Anomaly.G2_ITEM_PROCESS;
          case REAL_TIME -> Anomaly.G2_ITEM_REALTIME;
        },
        RW,
        DATA_BUT_RW,
        DATA_BUT_RW | RW | form.kind(),
        false);
  }

  static CycleClass writes(Form form) {
    Anomaly anomaly =
        switch (form) {
          case DATA -> Anomaly.G0;
          case PROCESS_ORDER -> Anomaly.G0_PROCESS;
          case REAL_TIME -> Anomaly.G0_REALTIME;
        };
    return form == Form.DATA
        ? new CycleClass(anomaly, WW, 0, WW, false)
        : new CycleClass(anomaly, form.kind(), WW, WW | form.kind(), false);
  }

  static CycleClass reads(Form form) {
    Anomaly anomaly =
        switch (form) {
          case DATA -> Anomaly.G1C;
          case PROCESS_ORDER -> Anomaly.G1C_PROCESS;
          case REAL_TIME -> Anomaly.G1C_REALTIME;
        };
    return form == Form.DATA
        ? new CycleClass(anomaly, WR, WW, DATA_BUT_RW, false)
        : new CycleClass(anomaly, form.kind(), DATA_BUT_RW, DATA_BUT_RW | form.kind(), false);
  }

  boolean canStart(int kinds) {
    return (kinds & needs) != 0 && (kinds & lacks) == 0;
  }

  boolean isOnWay(int kinds) {
    return (kinds & way) != 0;
  }

  /** Returns the kind as which the required edge is shown. */
  int startKind(int kinds) {
    return Integer.lowestOneBit(kinds & needs);
  }

  /** Returns the kind as which an edge of the way back is shown. */
  int wayKind(int kinds) {
    return Integer.lowestOneBit(kinds & way);
  }
}
