package dev.faultline.harness.compare;

import dev.faultline.harness.scenario.ScenarioKey;
import dev.faultline.harness.scenario.ScenarioWords;
import java.util.EnumMap;
import java.util.Map;

/**
 * One of the systems compared, as users write it: a system's name, and after a colon, if it is to
 * run with a known bug, that bug's name.
 *
 * @param text what the user wrote
 */
public record Contender(String text) {

  /** Returns {@code words} with this system in them. */
  ScenarioWords in(ScenarioWords words) {
    Map<ScenarioKey, String> own = new EnumMap<>(ScenarioKey.class);
    int colon = text.indexOf(':');
    own.put(ScenarioKey.SYSTEM, colon < 0 ? text : text.substring(0, colon));
    if (colon >= 0) {
      own.put(ScenarioKey.DEVIATION, text.substring(colon + 1));
    }
    return words.overlaidWith(ScenarioWords.ofOptions(own));
  }
}
