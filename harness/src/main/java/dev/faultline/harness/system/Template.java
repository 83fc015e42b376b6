package dev.faultline.harness.system;

import dev.faultline.nemeses.NearestName;
import java.util.ArrayList;
import java.util.List;

/**
 * A text with variables in braces, checked when it is read and filled in for each node.
 *
 * <pre>
 *   template = { character | "{{" | "}}" | variable }
 *   variable = "{" name "}" | "{" listname ":" form "}"
 *   form     = { character but "{" and "}" }
 * </pre>
 *
 * <p>Two braces of a kind stand for one. The names:
 *
 * <ul>
 *   <li>{@code node}, its number {@code index} from 1, how many {@code nodes} there are;
 *   <li>{@code data}: the node's directory;
 *   <li>{@code client}, {@code peer}, {@code metrics}: host and port where it listens (a container
 *       on every address: {@code 0.0.0.0}), {@code client.host}, {@code client.port} and so on: one
 *       of the two;
 *   <li>{@code advertised}, {@code advertised-client}: where its peers and its clients are to dial
 *       it, also with {@code .host} and {@code .port};
 *   <li>{@code heartbeat.ms}, {@code election.ms}: what the scenario says of both.
 * </ul>
 *
 * <p>The names that take a form: {@code cluster} (every node), {@code others} (all but itself),
 * {@code socks} (the SOCKS5 proxy that leads to the peers; nothing where there is none). The form
 * is repeated for each with commas between, the words {@code NODE}, {@code ADDRESS} (host and
 * port), {@code HOST} and {@code PORT} filled in: {@code {cluster:NODE=http://ADDRESS}} becomes
 * {@code n1=http://127.0.0.1:4001,n2=http://127.0.0.1:4002}.
 */
final class Template {

  /** A part of a template. */
  private sealed interface Part {
    record Literal(String text) implements Part {}

    record Plain(String name) implements Part {}

    record Repeated(String name, String form) implements Part {}
  }

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * Reads a template.
   *
   * @throws SystemFileException if it has a brace too many or too few, or an unknown variable
   */
  static Template of(Placed.Text text) throws SystemFileException {
    return new Reader(text).read();
  }

  /** Returns the names of all variables in it. */
  List<String> variables() {
    return parts.stream()
        .flatMap(part ->
            switch (part) {
              case Part.Literal _ -> List.<String>of().stream();
              case Part.Plain(String name) -> List.of(name).stream();
              case Part.Repeated(String name, String _) -> List.of(name).stream();
            })
        .toList();
  }

  /** Returns the text for one node. */
  String fillIn(NodeAddresses node, SystemOptions options) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(
          switch (part) {
            case Part.Literal(String literal) -> literal;
            case Part.Plain(String name) -> Variables.value(name, node, options);
            case Part.Repeated(String name, String form) -> Variables.value(name, form, node);
          });
    }
    return text.toString();
  }

  /** Takes a template apart, from left to right. */
  private static final class Reader {

    private final Placed.Text source;
    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;

    Reader(Placed.Text source) {
      this.source = source;
      this.text = source.value();
    }

    Template read() throws SystemFileException {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (text.startsWith("{{", at) || text.startsWith("}}", at)) {
          literal.append(c);
          at += 2;
        } else if (c == '{') {
          flush();
          parts.add(variable());
        } else if (c == '}') {
          throw wrong("a '}' has no '{' before it; write '}}' for the character itself");
        } else {
          literal.append(c);
          at++;
        }
      }
      flush();
      return new Template(parts);
    }

    private void flush() {
      if (!literal.isEmpty()) {
        parts.add(new Part.Literal(literal.toString()));
        literal.setLength(0);
      }
    }

    private Part variable() throws SystemFileException {
      int end = text.indexOf('}', at);
      if (end < 0) {
        throw wrong("a '{' has no '}' after it; write '{{' for the character itself");
      }
      String inside = text.substring(at + 1, end);
      at = end + 1;
      int colon = inside.indexOf(':');
      String name = colon < 0 ? inside : inside.substring(0, colon);
      if (!Variables.names().contains(name)) {
        throw wrong("unknown variable '{" + name + "}'" + hint(name));
      }
      if (!Variables.takesForm(name)) {
        if (colon >= 0) {
          throw wrong("'{" + name + "}' takes nothing after its name");
        }
        return new Part.Plain(name);
      }
      String form = colon < 0 ? "" : inside.substring(colon + 1);
      if (form.isEmpty() || form.contains("{")) {
        throw wrong(
            "'{" + name + "}' takes a form without braces, such as {" + name + ":NODE=ADDRESS}");
      }
      return new Part.Repeated(name, form);
    }

    private static String hint(String name) {
      String nearest = NearestName.hint(name, Variables.names());
      return nearest.isEmpty() ? "; there is: " + String.join(", ", Variables.names()) : nearest;
    }

    private SystemFileException wrong(String what) {
      return new SystemFileException(source.where(), "in '" + text + "': " + what);
    }
  }
}
