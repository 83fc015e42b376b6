package dev.faultline.nemeses.fault;

import dev.faultline.nemeses.NodeCondition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fault that hits nodes, all of them at once. */
public sealed interface NodeFault extends Fault {

  /** Returns which nodes; {@link #nodes} is empty for {@link Target#LEADER} and all. */
  Target target();

  /** Returns this fault on its way, with exactly these nodes hit. */
  ActiveFault hitting(String id, List<String> hit);

  @Override
  default String variant() {
    return target().word();
  }

  @Override
  default boolean needsLeader() {
    return target() == Target.LEADER;
  }

  @Override
  default ActiveFault resolve(String id, List<String> cluster, @Nullable String leader) {
    return hitting(id, Choices.hit(target(), nodes(), cluster, leader));
  }

  @Override
  default void check(List<String> cluster) {
    Choices.check(this, target(), cluster);
  }

  /** Nodes are killed at once, and started again when the fault ends. */
  record Kill(Target target, List<String> nodes) implements NodeFault {
    public Kill {
      nodes = List.copyOf(nodes);
    }

    @Override
    public FaultKind kind() {
      return FaultKind.KILL;
    }

    @Override
    public Symptom symptom() {
      return new Symptom.Condition(NodeCondition.DOWN);
    }

    @Override
    public ActiveFault hitting(String id, List<String> hit) {
      return ActiveFault.killing(id, this, hit);
    }
  }

  /** Nodes are stopped in their tracks, and go on when the fault ends. */
  record Pause(Target target, List<String> nodes) implements NodeFault {
    public Pause {
      nodes = List.copyOf(nodes);
    }

    @Override
    public FaultKind kind() {
      return FaultKind.PAUSE;
    }

    @Override
    public Symptom symptom() {
      return new Symptom.Condition(NodeCondition.PAUSED);
    }

    @Override
    public ActiveFault hitting(String id, List<String> hit) {
      return ActiveFault.pausing(id, this, hit);
    }
  }

  /** Nodes are unplugged from their network, for peers and for clients; their processes go on. */
  record Disconnect(Target target, List<String> nodes) implements NodeFault {
    public Disconnect {
      nodes = List.copyOf(nodes);
    }

    @Override
    public FaultKind kind() {
      return FaultKind.DISCONNECT;
    }

    @Override
    public Symptom symptom() {
      return new Symptom.Absence();
    }

    @Override
    public ActiveFault hitting(String id, List<String> hit) {
      return ActiveFault.unplugging(id, this, hit);
    }
  }
}
