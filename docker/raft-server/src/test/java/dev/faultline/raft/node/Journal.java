package dev.faultline.raft.node;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A state machine that remembers its commands; a command results in its place among them. */
final class Journal implements StateMachine<Integer> {

  private final List<String> commands = new CopyOnWriteArrayList<>();
  private volatile long appliedIndex;

  @Override
  public Integer apply(long index, long term, byte[] command) {
    note(index);
    commands.add(text(command));
    return commands.size();
  }

  @Override
  public void skip(long index, long term) {
    note(index);
  }

  @Override
  public Integer preview(byte[] command) {
    return commands.size() + 1;
  }

  private void note(long index) {
    if (index != appliedIndex + 1) {
      throw new IllegalStateException("index %d after %d".formatted(index, appliedIndex));
    }
    appliedIndex = index;
  }

  List<String> commands() {
    return commands;
  }

  long appliedIndex() {
    return appliedIndex;
  }

  static String text(byte[] command) {
    return new String(command, StandardCharsets.UTF_8);
  }
}
