package dev.faultline.nemeses.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * One direction of a connection: a virtual thread that reads, a chain of toxics, a socket to write
 * to.
 *
 * <p>Without toxics the reading thread writes too, with nothing in between. As in Toxiproxy there
 * is no half-closing: when the source ends, the destination is closed once all that came before has
 * been written, and then the other direction ends by itself.
 */
final class Pipe {

  private static final int BUFFER_BYTES = 32 * 1024;

  private final Socket source;
  private final Socket destination;
  private final Runnable reset;
  private final Runnable ended;
  private final Valve head = new Valve(new SocketSink());

  // Guards the chain's shape; taken before any valve's or stage's lock.
  private final ReentrantLock shape = new ReentrantLock();
  private final List<ToxicStage> stages = new ArrayList<>();
  private boolean gone;

  /**
   * Creates a pipe.
   *
   * @param reset breaks the connection as if the peer had vanished
   * @param ended called once the destination is closed
   */
  Pipe(Socket source, Socket destination, Runnable reset, Runnable ended) {
    this.source = source;
    this.destination = destination;
    this.reset = reset;
    this.ended = ended;
  }

  void start(String name, List<Toxic> toxics) {
    toxics.forEach(this::add);
    Thread.ofVirtual().name(name).start(this::read);
  }

  /** Adds a toxic at the end of the chain. */
  void add(Toxic toxic) {
    shape.lock();
    try {
      if (gone) {
        return;
      }
      Valve last = stages.isEmpty() ? head : stages.getLast().output();
      ToxicStage stage = new ToxicStage(this, toxic, last.next());
      stages.add(stage);
      stage.start();
      last.lead(stage);
    } finally {
      shape.unlock();
    }
  }

  void update(Toxic toxic) {
    stage(toxic.name()).forEach(stage -> stage.update(toxic));
  }

  void remove(String name) {
    stage(name).forEach(ToxicStage::retire);
  }

  private List<ToxicStage> stage(String name) {
    shape.lock();
    try {
      return stages.stream().filter(stage -> stage.is(name)).toList();
    } finally {
      shape.unlock();
    }
  }

  /**
   * Leads the stream past {@code stage} if that holds nothing and nothing is being handed to it. If
   * something is, the stage has work to do first and asks again afterwards.
   */
  boolean bypass(ToxicStage stage, BooleanSupplier empty) {
    shape.lock();
    try {
      int index = stages.indexOf(stage);
      if (index < 0) {
        return false;
      }
      Valve before = index == 0 ? head : stages.get(index - 1).output();
      if (!before.tryLead(stage.output().next(), empty)) {
        return false;
      }
      stages.remove(index);
      return true;
    } finally {
      shape.unlock();
    }
  }

  void reset() {
    reset.run();
  }

  /** Ends every toxic at once, because the connection is gone. */
  void abandon() {
    shape.lock();
    try {
      gone = true;
      stages.forEach(ToxicStage::abandon);
    } finally {
      shape.unlock();
    }
  }

  private void read() {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = source.getInputStream();
      int count = in.read(buffer);
      while (count >= 0 && head.put(buffer, 0, count, System.nanoTime())) {
        count = in.read(buffer);
      }
    } catch (IOException e) {
      // A connection that breaks ends the stream; there is nobody to tell but the other side.
    }
    head.end();
  }

  /** Writes to the destination. */
  private final class SocketSink implements Sink {

    @Override
    public boolean put(byte[] buffer, int offset, int length, long arrivedNanos) {
      try {
        destination.getOutputStream().write(buffer, offset, length);
        return true;
      } catch (IOException e) {
        end();
        return false;
      }
    }

    @Override
    public void end() {
      try {
        destination.close();
      } catch (IOException e) {
        // Closed all the same.
      }
      ended.run();
    }
  }
}
