package dev.faultline.checkers.linearizability;

import java.util.List;

/**
 * A violation in words.
 *
 * @param sentence what happened, without the key and without a full stop
 * @param further operations that the sentence names beside those kept
 */
record Anomaly(String sentence, List<Operation> further) {}
