package dev.faultline.harness.ledger;

import java.io.IOException;
import java.util.List;

/** Takes away one kind of thing that a dead harness has left. */
public interface Sweeper {

  /** Returns the word with which a ledger's lines of this kind begin. */
  String kind();

  /**
   * Takes away what a line of a dead harness's ledger names, if it is still there.
   *
   * @param words the line's words after the kind; the last one may be torn or missing
   * @return what was taken away, for people; empty if there was nothing left
   * @throws NotNow if it cannot be taken away now and is in nobody's way; the ledger is kept
   * @throws IOException if it is still there and cannot be taken away; the ledger is then kept
   */
  List<String> sweep(List<String> words) throws IOException;
}
