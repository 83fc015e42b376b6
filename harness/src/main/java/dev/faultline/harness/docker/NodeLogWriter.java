package dev.faultline.harness.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Appends what a container says, on either stream, to its node's log file. */
final class NodeLogWriter extends ResultCallback.Adapter<Frame> {

  private final OutputStream file;

  NodeLogWriter(Path log) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    this.file = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public synchronized void onNext(Frame frame) {
    try {
      file.write(frame.getPayload());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    synchronized (this) {
      file.close();
    }
  }
}
