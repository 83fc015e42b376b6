package dev.faultline.raft.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A TCP relay that can be broken in the ways in which links break. Listens on any free port. */
public final class TestLink implements AutoCloseable {

  private static final int BUFFER_BYTES = 8 << 10;

  private enum Mode {
    /** Bytes pass. */
    OPEN,
    /** Connections end at once. */
    CUT,
    /** Bytes wait until the link is healed. */
    STALLED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Socket> swallowing = ConcurrentHashMap.newKeySet();
  private Mode mode = Mode.OPEN;
  private volatile @Nullable InetSocketAddress target;

  /** Makes a link that leads nowhere yet. */
  public TestLink() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Returns the address to dial. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** Leads to {@code address} from now on. */
  public void leadTo(InetSocketAddress address) {
    target = address;
  }

  /** Breaks all connections, and every new one. */
  public void cut() throws IOException {
    mode(Mode.CUT);
    closeAll();
  }

  /** Accepts connections but lets no byte pass, in either direction. */
  public void stall() {
    mode(Mode.STALLED);
  }

  /** Swallows every byte of the connections that there are, for good; new ones work. */
  public void swallow() {
    swallowing.addAll(sockets);
  }

  /** Lets bytes pass. */
  public void heal() {
    mode(Mode.OPEN);
  }

  private void mode(Mode newMode) {
    lock.lock();
    try {
      mode = newMode;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isCut() {
    lock.lock();
    try {
      return mode == Mode.CUT;
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        sockets.add(near);
        Thread.ofVirtual().start(() -> relay(near));
      } catch (IOException e) {
        return; // Closed.
      }
    }
  }

  private void relay(Socket near) {
    InetSocketAddress to = target;
    try (near;
        var far = new Socket()) {
      if (to == null || isCut()) {
        return;
      }
      sockets.add(far);
      far.connect(to);
      Thread back = Thread.ofVirtual().start(() -> pump(far, near));
      pump(near, far);
      back.join();
    } catch (IOException | InterruptedException e) {
      // A relay has nobody to tell; both ends see the connection close.
    } finally {
      sockets.remove(near);
    }
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.setTcpNoDelay(true);
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      var buffer = new byte[BUFFER_BYTES];
      int length;
      while ((length = in.read(buffer)) >= 0) {
        awaitNotStalled();
        if (!swallowing.contains(from)) {
          out.write(buffer, 0, length);
        }
      }
    } catch (IOException | InterruptedException e) {
      // As above.
    } finally {
      sockets.remove(from);
    }
  }

  private void awaitNotStalled() throws InterruptedException {
    lock.lock();
    try {
      while (mode == Mode.STALLED) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void closeAll() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    mode(Mode.CUT);
    closeAll();
  }
}
