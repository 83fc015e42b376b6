package dev.faultline.checkers.history;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The formats in which histories come. */
public enum HistoryFormat {
  /** One JSON object a line: this project's own. */
  NDJSON("ndjson", "one JSON object a line, such as history.ndjson"),
  /** One EDN map an operation, one after the other or in one list: Jepsen's, Knossos's. */
  EDN("edn", "Jepsen's history.edn, Knossos's data, Porcupine's kv files"),
  /** Lines of Jepsen's log, as Porcupine keeps them. */
  JEPSEN_LOG("jepsen-log", "lines of a Jepsen log, such as Porcupine's etcd_000.log");

  private final String word;
  private final String description;

  HistoryFormat(String word, String description) {
    this.word = word;
    this.description = description;
  }

  /** Returns the word by which users choose this format. */
  public String word() {
    return word;
  }

  /** Returns what it is, for people. */
  public String description() {
    return description;
  }

  /** Returns the format called {@code word}, if there is one. */
  public static Optional<HistoryFormat> named(String word) {
    return Arrays.stream(values()).filter(format -> format.word.equals(word)).findFirst();
  }

  /** Returns the words for all formats. */
  public static List<String> words() {
    return Arrays.stream(values()).map(HistoryFormat::word).toList();
  }

  /**
   * Tells which format a file has.
   *
   * @param beginning its first characters
   */
  static HistoryFormat of(String beginning) {
    String text = beginning.stripLeading();
    if (text.startsWith("INFO") || text.contains("jepsen.util - ")) {
      return JEPSEN_LOG;
    }
    boolean edn =
        text.startsWith(";")
            || text.startsWith("(")
            || text.startsWith("[")
            || text.startsWith("#")
            || text.matches("(?s)\\{\\s*:.*");
    return edn ? EDN : NDJSON;
  }
}
