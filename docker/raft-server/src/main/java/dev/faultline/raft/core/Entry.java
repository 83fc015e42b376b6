package dev.faultline.raft.core;

/**
 * An entry of the replicated log.
 *
 * @param index its place, from 1
 * @param term the term of the leader that appended it
 * @param payload what it carries
 */
public record Entry(long index, long term, Payload payload) {}
