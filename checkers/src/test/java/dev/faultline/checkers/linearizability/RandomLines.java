package dev.faultline.checkers.linearizability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes small histories of several keys as lines: with and without keys, times and places, with
 * faults, with operations that fail, that nobody knows of, and that never end. Now and then an
 * answer is wrong, or a call is none of the object's.
 */
final class RandomLines {

  private static final List<String> KEYS = List.of("a", "b", "c\\\"\\u00e9", "17", " ");

  /** An operation in flight. */
  private record Pending(int process, String f, String key, String argument) {}

  private final Random random;
  private final List<String> lines = new ArrayList<>();
  private final List<Pending> pending = new ArrayList<>();
  private final Map<String, String> values = new HashMap<>();
  private final boolean lies;
  private final boolean locks;
  private final int timed;
  private final boolean indexed;
  private final int keys;
  private int process;
  private long time;

  private RandomLines(Random random) {
    this.random = random;
    lies = random.nextInt(4) == 0;
    locks = random.nextInt(4) == 0;
    timed = random.nextInt(3); // Never, now and then, always.
    indexed = random.nextBoolean();
    keys = 1 + random.nextInt(KEYS.size());
  }

  static List<String> of(Random random) {
    return new RandomLines(random).write();
  }

  /** Makes something of {@code lines} that may be no history any more. */
  static void spoil(List<String> lines, Random random) {
    int at = random.nextInt(lines.size());
    String line = lines.get(at);
    switch (random.nextInt(10)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, line);
      case 2 -> lines.set(at, line.replace("\"key\":\"a\"", "\"key\":\"b\""));
      case 3 -> lines.set(at, line.replaceFirst("\"f\":\"\\w+\"", "\"f\":\"other\""));
      case 4 -> lines.set(at, line.substring(0, random.nextInt(line.length())));
      case 5 -> lines.set(at, line.replace("{", "{\"time\":-1,"));
      case 6 -> lines.set(at, line.replace("{", "{\"index\":" + (at + 1) + ","));
      case 7 -> lines.set(at, line.replaceFirst("\"process\":\\w+", "\"process\":\"nemesis\""));
      case 8 -> lines.add(at, "");
      default -> lines.set(at, line.replace("\"key\":", "\"key\":[1],\"keyed\":"));
    }
  }

  private List<String> write() {
    int operations = 1 + random.nextInt(30);
    while (operations > 0 || !pending.isEmpty()) {
      if (random.nextInt(12) == 0) {
        line("\"nemesis\"", "info", random.nextBoolean() ? "start" : "stop", "", "{\"id\":\"f\"}");
      }
      if (operations > 0 && pending.size() < 3 && random.nextBoolean()) {
        operations--;
        invoke();
      } else if (!pending.isEmpty()) {
        complete(pending.remove(random.nextInt(pending.size())));
      }
    }
    return lines;
  }

  private void invoke() {
    String key =
        random.nextInt(8) == 0 ? "" : ",\"key\":\"" + KEYS.get(random.nextInt(keys)) + "\"";
    String f =
        locks
            ? (values.getOrDefault(key, "null").equals("null") ? "acquire" : "release")
            : List.of("read", "read", "write", "write", "cas").get(random.nextInt(5));
    if (lies && random.nextInt(40) == 0) {
      f = "dance";
    }
    String argument =
        switch (f) {
          case "write" -> "" + lines.size();
          case "cas" -> "[" + values.getOrDefault(key, "null") + "," + lines.size() + "]";
          default -> "null";
        };
    Pending invoked = new Pending(process++, f, key, argument);
    pending.add(invoked);
    line("" + invoked.process(), "invoke", f, key, argument);
  }

  private void complete(Pending one) {
    int end = random.nextInt(12);
    String key = random.nextBoolean() ? one.key() : "";
    if (end < 2) {
      apply(one, random.nextBoolean());
      if (end == 0) {
        line("" + one.process(), "info", one.f(), key, "null");
        process = random.nextBoolean() ? one.process() : process; // Some go on all the same.
      }
      process = pending.stream().mapToInt(Pending::process).max().orElse(0) + 1 + lines.size();
      return;
    }
    String before = values.getOrDefault(one.key(), "null");
    if (one.f().equals("cas") && !one.argument().startsWith("[" + before + ",")) {
      line(
          "" + one.process(), "fail", "cas", key, one.argument() + ",\"error\":\"compare-failed\"");
      return;
    }
    if (end == 2) {
      line("" + one.process(), "fail", one.f(), key, "null,\"error\":{\"code\":\"no\"}");
      return;
    }
    apply(one, true);
    boolean lie = lies && random.nextInt(8) == 0;
    String answer = one.f().equals("read") ? (lie ? "99" : before) : one.argument();
    line("" + one.process(), "ok", one.f(), key, answer);
  }

  private void apply(Pending one, boolean happens) {
    if (happens) {
      switch (one.f()) {
        case "write" -> values.put(one.key(), one.argument());
        case "cas" -> {
          String[] pair = one.argument().substring(1, one.argument().length() - 1).split(",", -1);
          if (pair[0].equals(values.getOrDefault(one.key(), "null"))) {
            values.put(one.key(), pair[1]);
          }
        }
        case "acquire" -> values.put(one.key(), "0");
        case "release" -> values.remove(one.key());
        default -> {}
      }
    }
  }

  private void line(String process, String type, String f, String key, String value) {
    time += random.nextInt(1_000_000);
    boolean told = timed == 2 || (timed == 1 && random.nextInt(3) == 0);
    lines.add(
        "{\"process\":"
            + process
            + (told ? ",\"time\":" + time : "")
            + (indexed ? ",\"index\":" + lines.size() : "")
            + ",\"type\":\""
            + type
            + "\",\"f\":\""
            + f
            + "\""
            + key
            + ",\"value\":"
            + value
            + "}");
  }
}
