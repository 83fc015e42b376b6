package dev.faultline.nemeses;

/**
 * The directed link that carries the messages from one node to another, whoever dialled the
 * connection.
 *
 * @param from the sender's name
 * @param to the receiver's name
 */
public record Link(String from, String to) implements Comparable<Link> {

  public Link {
    if (from.equals(to)) {
      throw new IllegalArgumentException("a link joins two nodes, not " + from + " with itself");
    }
  }

  /** Returns the link that carries what {@code to} answers. */
  public Link reverse() {
    return new Link(to, from);
  }

  @Override
  public int compareTo(Link other) {
    int byFrom = from.compareTo(other.from);
    return byFrom != 0 ? byFrom : to.compareTo(other.to);
  }

  @Override
  public String toString() {
    return from + "->" + to;
  }
}
