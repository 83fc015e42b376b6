package dev.faultline.raft.deviation;

import dev.faultline.raft.core.RaftPolicy;
import java.util.function.Supplier;

/**
 * A known bug that a server can be started with.
 *
 * @param name how it is asked for, in lower case with hyphens
 * @param number its number in the catalogue of mutations
 * @param summary what it does, one sentence
 * @param evidence where the bug is publicly documented, as {@code project#issue} or a report's name
 * @param policy makes the policy that has it
 */
public record Deviation(
    String name, int number, String summary, String evidence, Supplier<RaftPolicy> policy) {}
