package dev.faultline.checkers.history;

/** Signals an event that cannot follow the events before it. */
public final class IllegalHistoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String member;
  private final String problem;
  private final String remedy;

  IllegalHistoryException(String member, String problem, String remedy) {
    super(problem);
    this.member = member;
    this.problem = problem;
    this.remedy = remedy;
  }

  /** Returns what is wrong. */
  public String problem() {
    return problem;
  }

  /** Returns the member of the event that is at fault, such as {@code time}. */
  public String member() {
    return member;
  }

  /** Returns what to do about it. */
  public String remedy() {
    return remedy;
  }
}
