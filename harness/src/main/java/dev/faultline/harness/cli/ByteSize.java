package dev.faultline.harness.cli;

import dev.faultline.harness.scenario.ScenarioException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads amounts of memory as people write them: {@code 512m}, {@code 2g}, {@code 65536}. */
final class ByteSize {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*([kmg]?)i?b?");
  private static final int STEP_BITS = 10;

  private ByteSize() {}

  /**
   * Returns {@code text} in bytes.
   *
   * @throws ScenarioException if it is no amount, naming {@code option}
   */
  static long parse(String option, String text) throws ScenarioException {
    Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new ScenarioException(
          option, "'" + text + "' is not an amount of memory. Write one such as 512m or 2g");
    }
    int steps = " kmg".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
    return Long.parseLong(matcher.group(1)) << (STEP_BITS * steps);
  }
}
