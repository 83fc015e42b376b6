package dev.faultline.checkers.stats;

import dev.faultline.checkers.history.History;
import dev.faultline.checkers.json.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Operations by outcome. */
final class Counts {

  private long ok;
  private long fail;
  private long info;

  /** Counts the operations of {@code history} by function; one without completion is info. */
  static Map<String, Counts> byFunction(History history) {
    Map<String, Counts> byFunction = new LinkedHashMap<>();
    for (int i = 0; i < history.size(); i++) {
      if (history.process(i) >= 0) {
        byFunction.computeIfAbsent(history.f(i), _ -> new Counts()).add(history, i);
      }
    }
    return byFunction;
  }

  long ok() {
    return ok;
  }

  long total() {
    return ok + fail + info;
  }

  Counts plus(Counts other) {
    Counts sum = new Counts();
    sum.ok = ok + other.ok;
    sum.fail = fail + other.fail;
    sum.info = info + other.info;
    return sum;
  }

  Json.Obj toJson() {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("ok", Json.of(ok));
    members.put("fail", Json.of(fail));
    members.put("info", Json.of(info));
    return new Json.Obj(members);
  }

  String words() {
    return String.format(Locale.ROOT, "operations ok %,d  fail %,d  info %,d", ok, fail, info);
  }

  private void add(History history, int event) {
    switch (history.type(event)) {
      case OK -> ok++;
      case FAIL -> fail++;
      case INFO -> info++;
      case INVOKE -> {
        if (history.counterpart(event) < 0) {
          info++;
        }
      }
    }
  }
}
