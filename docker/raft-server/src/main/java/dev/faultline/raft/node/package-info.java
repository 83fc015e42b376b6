/** One Raft node at work: the ports between consensus, state machine and API. */
@NullMarked
package dev.faultline.raft.node;

import org.jspecify.annotations.NullMarked;
