package dev.faultline.raft.log;

import dev.faultline.raft.core.BootState;

/**
 * A data directory at the start of an incarnation.
 *
 * @param boot what it held, with the incarnation that has just begun; for the core, and large: not
 *     to be kept
 * @param storage takes what comes next
 */
public record OpenedStorage(BootState boot, LogStorage storage) {}
