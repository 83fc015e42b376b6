package dev.faultline.checkers.linearizability;

import java.util.List;

/**
 * The oracle for any model: tries every order of a few operations that respects real time, with
 * every subset of those that never completed. Shares nothing with the checker but the model.
 */
final class Permutations<S> {

  private final Model<S> model;
  private final List<Operation> operations;
  private final boolean[] placed;

  private Permutations(Model<S> model, List<Operation> operations) {
    this.model = model;
    this.operations = operations;
    placed = new boolean[operations.size()];
  }

  static <S> boolean anyFits(Model<S> model, List<Operation> operations) {
    return new Permutations<>(model, operations).extend(model.initial());
  }

  private boolean extend(S state) {
    boolean complete = true;
    for (int i = 0; i < placed.length; i++) {
      complete &= placed[i] || operations.get(i).isOpenEnded();
    }
    if (complete) {
      return true;
    }
    for (int i = 0; i < placed.length; i++) {
      if (!placed[i] && mayBeNext(i)) {
        S next = model.step(state, operations.get(i).call());
        if (next != null) {
          placed[i] = true;
          if (extend(next)) {
            return true;
          }
          placed[i] = false;
        }
      }
    }
    return false;
  }

  private boolean mayBeNext(int candidate) {
    for (int i = 0; i < placed.length; i++) {
      if (!placed[i]
          && i != candidate
          && operations.get(i).completion() < operations.get(candidate).invocation()) {
        return false;
      }
    }
    return true;
  }
}
