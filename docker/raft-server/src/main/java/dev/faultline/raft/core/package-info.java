/**
 * Raft's consensus, without I/O, clocks, threads or randomness of its own.
 *
 * <p>{@link dev.faultline.raft.core.RaftCore} takes one {@link dev.faultline.raft.core.Input} at a
 * time, together with the time and a random number, and answers with {@link
 * dev.faultline.raft.core.Effect}s that the shell around it carries out in order. The same class
 * runs in the server and in the simulator.
 */
@NullMarked
package dev.faultline.raft.core;

import org.jspecify.annotations.NullMarked;
