package dev.faultline.raft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.raft.core.Entry;
import dev.faultline.raft.core.Message;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.Payload;
import dev.faultline.raft.core.ProposalId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeerQueueTest {

  private static final long LIMIT_BYTES = 100_000;
  private static final long MAX_AGE_NANOS = 1_000_000_000L;
  private static final long FOREVER_NANOS = Long.MAX_VALUE;

  private final AtomicInteger dropped = new AtomicInteger();
  private final PeerQueue queue =
      new PeerQueue(LIMIT_BYTES, MAX_AGE_NANOS, dropped::incrementAndGet);

  @Test
  void keepsTheOrder() throws InterruptedException {
    long now = System.nanoTime();
    for (int i = 1; i <= 3; i++) {
      queue.put(heartbeat(i), now);
    }

    assertThat(take(FOREVER_NANOS)).containsExactly(heartbeat(1), heartbeat(2), heartbeat(3));
    assertThat(queue.sizeBytes()).isZero();
  }

  @Test
  void takesAtLeastOneMessageHoweverLarge() throws InterruptedException {
    long now = System.nanoTime();
    queue.put(append(50_000), now);
    queue.put(heartbeat(1), now);

    var taken = new ArrayList<Message>();
    queue.take(taken, 10, FOREVER_NANOS);

    assertThat(taken).hasSize(1);
  }

  @Test
  void dropsWhatDoesNotFitButKeepsRoomForSmallMessages() throws InterruptedException {
    long now = System.nanoTime();
    Message first = append(90_000);
    queue.put(first, now);
    queue.put(append(20_000), now);
    for (int i = 0; i < 100; i++) {
      queue.put(heartbeat(i), now);
    }

    assertThat(dropped).hasValue(1);
    assertThat(take(FOREVER_NANOS)).startsWith(first).hasSize(101);
  }

  @Test
  void staysBoundedByBytes() {
    long now = System.nanoTime();
    for (int i = 0; i < 100_000; i++) {
      queue.put(heartbeat(i), now);
    }

    assertThat(queue.sizeBytes()).isLessThanOrEqualTo(LIMIT_BYTES + LIMIT_BYTES / 4);
    assertThat(dropped.get()).isPositive();
  }

  @Test
  void dropsWhatWaitedTooLong() throws InterruptedException {
    long now = System.nanoTime();
    queue.put(heartbeat(1), now - MAX_AGE_NANOS - 1);
    queue.put(heartbeat(2), now);

    assertThat(take(FOREVER_NANOS)).containsExactly(heartbeat(2));
    assertThat(dropped).hasValue(1);
  }

  @Test
  void comesBackEmptyHandedWhenWokenOrLate() throws InterruptedException {
    assertThat(take(1)).isEmpty();
    queue.wake();
    assertThat(take(FOREVER_NANOS)).isEmpty();
  }

  private List<Message> take(long waitNanos) throws InterruptedException {
    var taken = new ArrayList<Message>();
    queue.take(taken, Long.MAX_VALUE, waitNanos);
    return taken;
  }

  private static Message heartbeat(long round) {
    return new Message.AppendRequest(1, 0, 0, List.of(), 0, round);
  }

  private static Message append(int commandBytes) {
    var id = new ProposalId(new NodeId("n1"), 1, 1, 1);
    var command = new Payload.Command(id, new byte[commandBytes]);
    return new Message.AppendRequest(1, 0, 0, List.of(new Entry(1, 1, command)), 0, 1);
  }
}
