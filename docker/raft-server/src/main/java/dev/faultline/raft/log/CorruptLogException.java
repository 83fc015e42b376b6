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
        "the log is corrupt: %s, offset %d: %s. Durable data may be lost, so this node does not start; restore the data directory to its latest state if the disk can be repaired. Do not start with an empty or an older one: the node would forget votes and entries that the others count on, and acknowledged writes could be lost. The other nodes serve without this one as long as they are a majority"
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
