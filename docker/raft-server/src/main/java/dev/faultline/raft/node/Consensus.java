package dev.faultline.raft.node;

import dev.faultline.raft.core.Effect;
import dev.faultline.raft.core.Input;
import dev.faultline.raft.core.RaftStatus;
import java.util.List;

/** The core as the loop sees it, so that the loop can be tested with a scripted one. */
interface Consensus {

  List<Effect> step(List<Input> inputs, long nowNanos, long entropy);

  long nextDeadlineNanos();

  RaftStatus status();
}
