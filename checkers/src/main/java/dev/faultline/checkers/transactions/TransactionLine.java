package dev.faultline.checkers.transactions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * One line of a history file, as long as it is an everyday one. Every method that answers false
 * means that the line is another, perhaps a wrong one, and has to be read by the book.
 */
final class TransactionLine {

  private static final long ABSENT = Long.MIN_VALUE;
  private static final int LONGEST_NUMBER = 18;

  // Bits for the members that were there.
  private static final int INDEX = 1;
  private static final int TIME = 2;
  private static final int PROCESS = 4;
  private static final int TYPE = 8;
  private static final int FUNCTION = 16;
  private static final int VALUE = 32;
  private static final int NEEDED = PROCESS | TYPE | FUNCTION | VALUE;

  // Types by a letter of each.
  private static final int INVOKE = 'v';
  private static final int OK = 'k';
  private static final int FAIL = 'a';
  private static final int INFO = 'f';
  private static final byte[] TXN = "\"txn\"".getBytes(UTF_8);
  private static final byte[] NEMESIS = "\"nemesis\"".getBytes(UTF_8);

  private final Transactions transactions;
  private final byte[] write;

  private byte[] bytes = {};
  private int position;
  private int end;
  private int value;
  private int members;
  private int expectedIndex;
  private long nanos;
  private long process;
  private boolean nemesis;
  private int type;
  private long number;

  TransactionLine(Transactions transactions) {
    this.transactions = transactions;
    this.write = ("\"" + transactions.workload().write() + "\"").getBytes(UTF_8);
  }

  /** Finds the members of a line, which is to be that of event {@code index}. */
  boolean scan(byte[] line, int from, int to, int index) {
    expectedIndex = index;
    bytes = line;
    position = from;
    end = to;
    nanos = ABSENT;
    process = ABSENT;
    nemesis = false;
    type = 0;
    value = -1;
    members = 0;
    if (!take('{')) {
      return false;
    }
    do {
      if (!member()) {
        return false;
      }
    } while (take(','));
    return take('}')
        && position == end
        && type != 0
        && (nemesis
            || ((members & NEEDED) == NEEDED && process >= 0 && process <= Integer.MAX_VALUE));
  }

  boolean isNemesis() {
    return nemesis;
  }

  boolean isInvocation() {
    return type == INVOKE;
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
      default -> Outcome.INFO;
    };
  }

  /** Packs the micro-operations of an invocation. */
  boolean pack(PackedOperations into) {
    position = value;
    if (!take('[')) {
      return false;
    }
    do {
      if (!take('[')) {
        return false;
      }
      boolean isWrite = startsWith(write);
      int key = isWrite || startsWith("\"r\"") ? key() : -1;
      if (key < 0 || !take(',')) {
        return false;
      }
      boolean valued = isWrite ? integer() : startsWith("null");
      if (!valued || !take(']') || !into.add(isWrite, key, isWrite ? Values.code(number) : 0)) {
        return false;
      }
    } while (take(','));
    return take(']');
  }

  /** Adds the micro-operations of a completion, which must be those of its invocation. */
  boolean addTo(PackedOperations asked) {
    position = value;
    if (!take('[')) {
      return false;
    }
    int index = 0;
    do {
      if (!take('[')) {
        return false;
      }
      boolean isWrite = startsWith(write);
      int key = isWrite || startsWith("\"r\"") ? key() : -1;
      if (key < 0 || !take(',')) {
        return false;
      }
      if (isWrite ? !addWrite(key) : !addRead(key)) {
        return false;
      }
      if (!take(']') || !asked.matches(index++, isWrite, key, Values.code(number))) {
        return false;
      }
    } while (take(','));
    return index == asked.size() && take(']');
  }

  private boolean addWrite(int key) {
    if (!integer()) {
      return false;
    }
    transactions.addWrite(key, Values.code(number));
    return true;
  }

  private boolean addRead(int key) {
    Outcome outcome = outcome();
    boolean nil = startsWith("null");
    if (nil && outcome != Outcome.OK) {
      transactions.addUnknownRead(key);
      return true;
    }
    if (outcome != Outcome.OK) {
      return false; // Not everyday: a read of an uncertain transaction that saw something.
    }
    if (transactions.workload() == Workload.APPEND) {
      return addList(key, nil);
    }
    if (nil) {
      transactions.addRead(key, Transactions.NIL, 0);
      return true;
    }
    if (!integer()) {
      return false;
    }
    transactions.addRead(key, transactions.versions().version(key, Values.code(number)), 0);
    return true;
  }

  private boolean addList(int key, boolean nil) {
    Lists lists = transactions.lists();
    lists.begin(key);
    if (!nil) {
      if (!take('[')) {
        return false;
      }
      if (!take(']')) {
        do {
          if (!integer()) {
            return false;
          }
          lists.element(Values.code(number));
        } while (take(','));
        if (!take(']')) {
          return false;
        }
      }
    }
    transactions.addRead(key, lists.end(), lists.length());
    return true;
  }

  /** Takes a comma and a key; returns the key's number, or -1. */
  private int key() {
    if (!take(',')) {
      return -1;
    }
    int from = position;
    if (take('"')) {
      int start = position;
      while (position < end && bytes[position] != '"') {
        if (bytes[position] == '\\') {
          return -1;
        }
        position++;
      }
      int key = keyOf(start, position);
      return take('"') ? key : -1;
    }
    return integer() ? keyOf(from, position) : -1;
  }

  private int keyOf(int from, int to) {
    return transactions.versions().key(new String(bytes, from, to - from, UTF_8));
  }

  private boolean member() {
    if (startsWith("\"index\":")) {
      return once(INDEX) && integer() && number == expectedIndex;
    }
    if (startsWith("\"time\":")) {
      boolean told = once(TIME) && integer() && number >= 0;
      nanos = number;
      return told;
    }
    if (startsWith("\"process\":")) {
      nemesis = startsWith(NEMESIS);
      boolean told = once(PROCESS) && (nemesis || integer());
      process = nemesis ? ABSENT : number;
      return told;
    }
    if (startsWith("\"type\":")) {
      return once(TYPE) && type();
    }
    if (startsWith("\"f\":")) {
      return once(FUNCTION) && (startsWith(TXN) || (nemesis && skip()));
    }
    if (startsWith("\"value\":")) {
      value = position;
      return once(VALUE) && skip();
    }
    if (transactions.workload() == Workload.APPEND && startsWith("\"meta\":")) {
      return skip(); // The order of lists is known without revisions.
    }
    return (startsWith("\"node\":") || startsWith("\"error\":")) && skip();
  }

  private boolean once(int member) {
    boolean first = (members & member) == 0;
    members |= member;
    return first;
  }

  private boolean type() {
    if (startsWith("\"invoke\"")) {
      type = INVOKE;
    } else if (startsWith("\"ok\"")) {
      type = OK;
    } else if (startsWith("\"fail\"")) {
      type = FAIL;
    } else if (startsWith("\"info\"")) {
      type = INFO;
    } else {
      return false;
    }
    return true;
  }

  /** Skips a value by its brackets and quotes; what is in it is looked at later, or never. */
  private boolean skip() {
    int depth = 0;
    while (position < end) {
      byte b = bytes[position];
      if (b == '"') {
        position++;
        while (position < end && bytes[position] != '"') {
          position += bytes[position] == '\\' ? 2 : 1;
        }
      } else if (b == '[' || b == '{') {
        depth++;
      } else if (b == ']' || b == '}') {
        if (depth == 0) {
          return true;
        }
        depth--;
      } else if (b == ',' && depth == 0) {
        return true;
      }
      position++;
    }
    return false;
  }

  private boolean integer() {
    boolean negative = take('-');
    int start = position;
    long magnitude = 0;
    while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
      magnitude = magnitude * 10 + (bytes[position++] - '0');
    }
    int digits = position - start;
    number = negative ? -magnitude : magnitude;
    boolean more = position < end && (bytes[position] == '.' || (bytes[position] | 32) == 'e');
    return digits > 0 && digits <= LONGEST_NUMBER && !more && (digits == 1 || bytes[start] != '0');
  }

  private boolean take(char wanted) {
    if (position < end && bytes[position] == wanted) {
      position++;
      return true;
    }
    return false;
  }

  private boolean startsWith(String text) {
    int length = text.length();
    if (end - position < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[position + i] != text.charAt(i)) {
        return false;
      }
    }
    position += length;
    return true;
  }

  private boolean startsWith(byte[] text) {
    int to = position + text.length;
    if (to > end || !Arrays.equals(bytes, position, to, text, 0, text.length)) {
      return false;
    }
    position = to;
    return true;
  }
}
