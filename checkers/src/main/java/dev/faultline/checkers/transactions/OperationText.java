package dev.faultline.checkers.transactions;

/** Puts micro-operations into words. */
final class OperationText {

  private static final int SHOWN_ELEMENTS = 24;

  private OperationText() {}

  /** Returns all micro-operations of {@code transaction}: {@code [append x 1] [r y [1 2]]}. */
  static String transaction(Transactions transactions, int transaction) {
    StringBuilder out = new StringBuilder();
    for (int op = transactions.first(transaction); op < transactions.end(transaction); op++) {
      out.append(op == transactions.first(transaction) ? "" : " ");
      out.append(operation(transactions, op));
    }
    return out.toString();
  }

  static String operation(Transactions transactions, int op) {
    return operation(transactions, op, SHOWN_ELEMENTS);
  }

  /** Returns a micro-operation with at most {@code elements} elements of a list that it saw. */
  static String operation(Transactions transactions, int op, int elements) {
    String key = transactions.versions().keyName(transactions.key(op));
    String value =
        switch (transactions.kind(op)) {
          case Transactions.WRITE -> transactions.versions().text(transactions.value(op));
          case Transactions.READ ->
              transactions.workload() == Workload.APPEND
                  ? list(transactions, op, elements)
                  : version(transactions, transactions.value(op));
          default -> "?";
        };
    String f = transactions.isWrite(op) ? transactions.workload().write() : "r";
    return "[" + f + " " + key + " " + value + "]";
  }

  static String version(Transactions transactions, int version) {
    return version == Transactions.NIL ? "nil" : transactions.versions().text(version);
  }

  /** Returns the list that {@code read} saw; of a long one the end, where the news is. */
  static String list(Transactions transactions, int read) {
    return list(transactions, read, SHOWN_ELEMENTS);
  }

  private static String list(Transactions transactions, int read, int elements) {
    int length = transactions.length(read);
    int from = length > elements ? length - elements : 0;
    StringBuilder out = new StringBuilder(from > 0 ? "[… " : "[");
    for (int i = from; i < length; i++) {
      int element =
          transactions.lists().element(transactions.key(read), transactions.value(read), i);
      out.append(i == from ? "" : " ").append(transactions.versions().text(element));
    }
    return out.append(']').toString();
  }
}
