package dev.faultline.checkers.transactions;

import dev.faultline.checkers.transactions.models.Anomaly;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instance of an anomaly that is no cycle of transactions.
 *
 * @param anomaly what it is
 * @param key the key that it is about
 * @param transactions those that show it; the text calls the first T1, the next T2…
 * @param text what happened
 */
record Instance(Anomaly anomaly, @Nullable String key, List<Integer> transactions, String text) {}
