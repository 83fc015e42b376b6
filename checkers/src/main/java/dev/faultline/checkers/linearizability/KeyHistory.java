package dev.faultline.checkers.linearizability;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one key, by invocation.
 *
 * @param key the key, or null where the workload has none
 * @param operations those that constrain an order or may take effect
 * @param failed those that definitely did not happen; kept because their values may still show up
 */
record KeyHistory(@Nullable String key, List<Operation> operations, List<Operation> failed) {

  KeyHistory(@Nullable String key) {
    this(key, new ArrayList<>(), new ArrayList<>());
  }
}
