package dev.faultline.checkers.transactions;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One line of a history file, as long as it is an everyday one. Every method that answers false
 * means that the line is another, perhaps a wrong one, and has to be read by the book.
 */
final class TransactionLine {

  private static final long ABSENT = Long.MIN_VALUE;

  // Bits for the members that were there.
  private static final int INDEX = 1;
  private static final int TIME = 2;
  private static final int PROCESS = 4;
  private static final int TYPE = 8;
  private static final int FUNCTION = 16;
  private static final int VALUE = 32;
  private static final int META = 64;
  private static final int NEEDED = PROCESS | TYPE | FUNCTION | VALUE;

  /** What an event is. */
  private enum Type {
    INVOKE("\"invoke\""),
    OK("\"ok\""),
    FAIL("\"fail\""),
    INFO("\"info\"");

    private final String text;

    Type(String text) {
      this.text = text;
    }
  }

  private static final byte[] TXN = "\"txn\"".getBytes(UTF_8);
  private static final byte[] NEMESIS = "\"nemesis\"".getBytes(UTF_8);

  private final LineCursor cursor = new LineCursor();
  private final LineOperations operations;
  private final LineRevisions revisions;

  private int value;
  private int meta;
  private int members;
  private int expectedIndex;
  private long nanos;
  private long process;
  private boolean nemesis;
  private Type type = Type.INFO;

  TransactionLine(Transactions transactions) {
    this.revisions = new LineRevisions(cursor);
    this.operations = new LineOperations(transactions, cursor, revisions);
  }

  /** Finds the members of a line, which is to be that of event {@code index}. */
  boolean scan(byte[] line, int from, int to, int index) {
    cursor.reset(line, from, to);
    expectedIndex = index;
    nanos = ABSENT;
    process = ABSENT;
    nemesis = false;
    members = 0;
    if (!cursor.take('{')) {
      return false;
    }
    do {
      if (!member()) {
        return false;
      }
    } while (cursor.take(','));
    return cursor.take('}') && cursor.isAtEnd() && isWhole();
  }

  private boolean isWhole() {
    return (members & NEEDED) == NEEDED
        && (nemesis ? type == Type.INFO : process >= 0 && process <= Integer.MAX_VALUE);
  }

  boolean isNemesis() {
    return nemesis;
  }

  boolean isInvocation() {
    return type == Type.INVOKE;
  }

  int process() {
    return (int) process;
  }

  /** Returns the time, or {@code otherwise} if the line tells none. */
  long nanos(long otherwise) {
    return nanos == ABSENT ? otherwise : nanos;
  }

  Outcome outcome() {
    return switch (type) {
      case OK -> Outcome.OK;
      case FAIL -> Outcome.FAIL;
      case INFO, INVOKE -> Outcome.INFO;
    };
  }

  /** Packs the micro-operations of an invocation. */
  boolean pack(PackedOperations into) {
    cursor.moveTo(value);
    return operations.pack(into);
  }

  /** Adds the micro-operations of a completion, which must be those of its invocation. */
  boolean addTo(PackedOperations asked) {
    revisions.forget();
    if ((members & META) != 0) {
      cursor.moveTo(meta);
      if (!revisions.take()) {
        return false;
      }
    }
    cursor.moveTo(value);
    return operations.addAll(asked, outcome());
  }

  private boolean member() {
    if (cursor.take("\"index\":")) {
      return once(INDEX) && cursor.takeInteger() && cursor.number() == expectedIndex;
    }
    if (cursor.take("\"time\":")) {
      boolean told = once(TIME) && cursor.takeInteger() && cursor.number() >= 0;
      nanos = cursor.number();
      return told;
    }
    if (cursor.take("\"process\":")) {
      nemesis = cursor.take(NEMESIS);
      boolean told = once(PROCESS) && (nemesis || cursor.takeInteger());
      process = nemesis ? ABSENT : cursor.number();
      return told;
    }
    if (cursor.take("\"type\":")) {
      return once(TYPE) && type();
    }
    if (cursor.take("\"f\":")) {
      return once(FUNCTION) && (cursor.take(TXN) || (nemesis && cursor.skipValue()));
    }
    if (cursor.take("\"value\":")) {
      value = cursor.position();
      return once(VALUE) && cursor.skipValue();
    }
    if (cursor.take("\"meta\":")) {
      meta = cursor.position();
      return once(META) && cursor.skipValue();
    }
    return (cursor.take("\"node\":") || cursor.take("\"error\":")) && cursor.skipValue();
  }

  private boolean once(int member) {
    boolean first = (members & member) == 0;
    members |= member;
    return first;
  }

  private boolean type() {
    for (Type each : Type.values()) {
      if (cursor.take(each.text)) {
        type = each;
        return true;
      }
    }
    return false;
  }
}
