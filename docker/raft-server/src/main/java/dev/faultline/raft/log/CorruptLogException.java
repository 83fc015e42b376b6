package dev.faultline.raft.log;

import java.nio.file.Path;

/**
 * The log holds damage that no interrupted write explains. The node must not start: what it once
 * acknowledged may be gone.
 */
public final class CorruptLogException extends StorageException {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final long offsetBytes;

  CorruptLogException(Path file, long offsetBytes, String what) {
    super(
        "the log is corrupt: %s, offset %d: %s. Durable data may be lost, so this node does not start; restore the disk, or remove the node from the cluster and let it join again with an empty data directory"
            .formatted(file, offsetBytes, what));
    this.file = file.toString();
    this.offsetBytes = offsetBytes;
  }

  /** Returns the path of the damaged file. */
  public String file() {
    return file;
  }

  /** Returns where in the file the damage begins. */
  public long offsetBytes() {
    return offsetBytes;
  }
}
