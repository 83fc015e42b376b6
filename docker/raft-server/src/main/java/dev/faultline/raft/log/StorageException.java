package dev.faultline.raft.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The durable log cannot be opened or written; the message says what an operator can do. */
public class StorageException extends IOException {

  private static final long serialVersionUID = 1L;

  public StorageException(String message) {
    this(message, null);
  }

  public StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
