package dev.faultline.raft.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.faultline.raft.core.Entry;
import dev.faultline.raft.core.Message;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.Payload;
import dev.faultline.raft.core.ProposalId;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class FrameCodecTest {

  private static final int ROUNDS = 500;
  private static final int KINDS_OF_MESSAGES = 7;

  private final Random random = new Random(42);

  @Test
  void readsWhatItWrote() throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      Frame frame = randomFrame();
      byte[] bytes = encode(frame);

      Frame read = decode(bytes);

      assertThat(bytes).hasSize(FrameCodec.sizeBytes(frame));
      assertThat(read).usingRecursiveComparison().isEqualTo(frame);
    }
  }

  @Test
  void drawsEveryKindOfMessage() {
    var kinds =
        IntStream.range(0, ROUNDS).mapToObj(_ -> randomMessage().getClass()).distinct().toList();

    assertThat(kinds).hasSize(Message.class.getPermittedSubclasses().length);
  }

  @Test
  void readsFrameAfterFrameFromOneStream() throws IOException {
    Frame first = randomFrame();
    Frame second = new Frame.Ping(7, 0);
    byte[] bytes = concat(encode(first), encode(second));
    var in = new ByteArrayInputStream(bytes);

    assertThat(FrameCodec.read(in)).usingRecursiveComparison().isEqualTo(first);
    assertThat(FrameCodec.read(in)).isEqualTo(second);
    assertThat(FrameCodec.read(in)).isNull();
  }

  @Test
  void noticesAStreamThatEndsWithinAFrame() {
    byte[] bytes = encode(new Frame.Carry(new Message.ForwardProposal(3, command())));

    for (int length = 1; length < bytes.length; length++) {
      byte[] torn = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> decode(torn)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void noticesEveryFlippedBit() {
    byte[] bytes = encode(randomFrame());
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] damaged = bytes.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> decode(damaged)).as("bit %d", bit).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesAHugeLengthWithoutAllocatingIt() {
    for (int length : new int[] {Integer.MAX_VALUE, FrameCodec.MAX_BODY_BYTES + 1, 0, -1}) {
      byte[] header = ByteBuffer.allocate(8).putInt(length).putInt(0).array();
      assertThatThrownBy(() -> decode(header))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining(length + " bytes");
    }
  }

  @Test
  void refusesGarbageInsideAFrameWhoseChecksumIsRight() {
    for (int round = 0; round < ROUNDS; round++) {
      var body = new byte[1 + random.nextInt(60)];
      random.nextBytes(body);
      body[0] = (byte) random.nextInt(30);
      try {
        Frame frame = decode(framed(body));
        assertThat(encode(frame)).as("whatever is read means its bytes").isEqualTo(framed(body));
      } catch (ProtocolException e) {
        assertThat(e).hasMessageContaining("frame");
      } catch (IOException e) {
        throw new AssertionError("neither a frame nor a protocol error", e);
      }
    }
  }

  @Test
  void refusesALengthOfEntriesOrCommandsThatTheFrameDoesNotHold() {
    ByteBuffer append = ByteBuffer.allocate(45);
    append.put((byte) 18).position(41).putInt(Integer.MAX_VALUE);
    assertThatThrownBy(() -> decode(framed(append.array())))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("entries do not fit");

    ByteBuffer forward = ByteBuffer.allocate(9 + 2 + 24 + 4);
    forward.put((byte) 20).position(9);
    forward.put((byte) 1).put((byte) 'a').position(35).putInt(Integer.MAX_VALUE);
    assertThatThrownBy(() -> decode(framed(forward.array())))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("does not fit");
  }

  private static byte[] encode(Frame frame) {
    ByteBuffer buffer = ByteBuffer.allocate(FrameCodec.sizeBytes(frame));
    FrameCodec.write(buffer, frame);
    return buffer.array();
  }

  private static Frame decode(byte[] bytes) throws IOException {
    Frame frame = FrameCodec.read(new ByteArrayInputStream(bytes));
    assertThat(frame).isNotNull();
    return Objects.requireNonNull(frame);
  }

  private static byte[] framed(byte[] body) {
    var crc = new CRC32C();
    crc.update(body);
    ByteBuffer frame = ByteBuffer.allocate(8 + body.length);
    return frame.putInt(body.length).putInt((int) crc.getValue()).put(body).array();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  private Frame randomFrame() {
    return switch (random.nextInt(10)) {
      case 0 -> new Frame.Ping(random.nextLong(), random.nextInt(2000));
      case 1 -> new Frame.Pong(random.nextLong());
      default -> new Frame.Carry(randomMessage());
    };
  }

  private Message randomMessage() {
    long term = random.nextLong();
    return switch (random.nextInt(KINDS_OF_MESSAGES)) {
      case 0 ->
          new Message.VoteRequest(term, random.nextLong(), random.nextLong(), random.nextBoolean());
      case 1 -> new Message.VoteResponse(term, random.nextBoolean(), random.nextBoolean());
      case 2 ->
          new Message.AppendRequest(
              term,
              random.nextLong(),
              random.nextLong(),
              entries(),
              random.nextLong(),
              random.nextLong());
      case 3 ->
          new Message.AppendResponse(
              term,
              random.nextBoolean(),
              random.nextLong(),
              random.nextLong(),
              random.nextLong(),
              random.nextLong());
      case 4 -> new Message.ForwardProposal(term, command());
      case 5 -> new Message.ReadIndexRequest(term, random.nextLong());
      default -> new Message.ReadIndexResponse(term, random.nextLong(), random.nextLong());
    };
  }

  private List<Entry> entries() {
    return IntStream.range(0, random.nextInt(5))
        .mapToObj(_ ->
            new Entry(
                random.nextLong(),
                random.nextLong(),
                random.nextBoolean() ? new Payload.NoOp() : command()))
        .toList();
  }

  private Payload.Command command() {
    var bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    var origin = new NodeId(random.nextBoolean() ? "n" + random.nextInt(9) : "knöterich-日本");
    return new Payload.Command(
        new ProposalId(origin, random.nextLong(), random.nextLong(), random.nextLong()), bytes);
  }
}
