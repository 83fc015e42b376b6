package dev.faultline.checkers.linearizability;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is to be put into words.
 *
 * @param kept operations that have no order, by invocation
 * @param blocked the one of them that cannot be placed
 * @param key all operations of the key
 * @param wording names operations and their times
 */
record Violation(List<Operation> kept, Operation blocked, KeyHistory key, Wording wording) {

  /** Returns those kept that were answered. */
  Stream<Operation> answered(Predicate<Call> which) {
    return kept.stream().filter(o -> o.call().answer() == Call.Answer.OK && which.test(o.call()));
  }

  /** Returns those kept that are calls of {@code f}, answered or not. */
  List<Operation> of(String f) {
    return kept.stream().filter(o -> o.call().f().equals(f)).toList();
  }

  String process(Operation operation) {
    return wording.process(operation);
  }

  String at(Operation operation) {
    return " at " + wording.invokedAt(operation);
  }

  /** Returns the time from the completion of {@code first} to the invocation of {@code second}. */
  String between(Operation first, Operation second) {
    return wording.between(first, second);
  }
}
