package dev.faultline.raft.core;

/** What a node is at the moment (paper, figure 4; thesis, section 9.6 for the pre-candidate). */
public enum Role {
  FOLLOWER,
  PRE_CANDIDATE,
  CANDIDATE,
  LEADER
}
