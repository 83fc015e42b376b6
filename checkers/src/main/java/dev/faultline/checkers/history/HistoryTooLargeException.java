package dev.faultline.checkers.history;

import java.io.IOException;
import java.nio.file.Path;

/** Signals a history that does not fit into the memory of this process. */
public final class HistoryTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  private static final int MEGABYTE_BITS = 20;

  HistoryTooLargeException(Path file, OutOfMemoryError cause) {
    super(
        file
            + " does not fit into the "
            + (Runtime.getRuntime().maxMemory() >> MEGABYTE_BITS)
            + " MB of this process; give it more (FAULTLINE_HEAP=8g, or -Xmx8g), or the history as"
            + " NDJSON, which is checked key by key from disk where it is too large for memory",
        cause);
  }
}
