package dev.faultline.workloads.generator;

import java.util.ArrayList;
import java.util.List;

/**
 * Threads kept for some of the work, so that a part whose operations hang cannot starve the others:
 * {@code reserve(5, reads).reserve(3, writes).rest(cas)}. Counts are of the threads that the
 * generator may use, in order, wherever it stands: inside a group, of the group's.
 */
public final class Reservation {

  private record Part(int threads, Generator generator) {}

  private final List<Part> parts;

  private Reservation(List<Part> parts) {
    this.parts = parts;
  }

  static Reservation of(int threads, Generator generator) {
    return new Reservation(List.of()).reserve(threads, generator);
  }

  /** Keeps the next {@code threads} threads for {@code generator}. */
  public Reservation reserve(int threads, Generator generator) {
    if (threads < 0) {
      throw new IllegalArgumentException("cannot reserve " + threads + " threads");
    }
    List<Part> next = new ArrayList<>(parts);
    next.add(new Part(threads, generator));
    return new Reservation(next);
  }

  /** Gives all threads that are left to {@code generator}; if none are left, it does nothing. */
  public Generator rest(Generator generator) {
    List<Part> all = reserve(0, generator).parts;
    return new Unassigned(all);
  }

  /** The same, until it is first asked and so learns which threads there are. */
  private record Unassigned(List<Part> parts) implements Generator {

    @Override
    public Step next(Context context) {
      List<Generator> assigned = new ArrayList<>();
      int rank = 0;
      int total = context.threads().size();
      for (Part part : parts.subList(0, parts.size() - 1)) {
        int end = Math.min(total, rank + part.threads());
        assigned.add(new OnThreads.Within(context.threads().slice(rank, end), part.generator()));
        rank = end;
      }
      ThreadSet rest = context.threads().slice(rank, total);
      assigned.add(new OnThreads.Within(rest, parts.getLast().generator()));
      return Any.of(assigned).next(context);
    }
  }
}
