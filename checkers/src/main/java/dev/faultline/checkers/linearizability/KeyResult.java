package dev.faultline.checkers.linearizability;

import org.jspecify.annotations.Nullable;

/**
 * What was found of one key.
 *
 * @param key the key, or null where the workload has none
 * @param operations how many operations were looked at
 * @param result how the search ended
 */
record KeyResult(@Nullable String key, int operations, SearchResult result) {}
