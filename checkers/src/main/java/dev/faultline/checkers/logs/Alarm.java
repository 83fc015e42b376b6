package dev.faultline.checkers.logs;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Recognises lines of a log that deserve a look.
 *
 * @param message the line with what varies replaced, by which alarms are grouped
 * @param line the line itself
 */
record Alarm(String message, String line) {

  private static final int LONGEST_LINE = 400;

  /** Java: a line that names a throwable, as uncaught exceptions and logged ones begin. */
  private static final Pattern THROWABLE =
      Pattern.compile(
          "(^|\\s|\")(Exception in thread |([\\w$]+\\.)+[A-Z][\\w$]*(Exception|Error)(:|\\s|$))");

  /** Go: panics, fatal runtime errors, and zap's levels. */
  private static final Pattern PANIC =
      Pattern.compile(
          "(^|\\s)(panic: |fatal error: |panicked at )|\"level\":\"(panic|dpanic|fatal)\"");

  /** A level or an exclamation; {@code non-fatal} is neither. */
  private static final Pattern FATAL = Pattern.compile("(?<![\\w-])(FATAL|(?i:fatal)(?=[: ]))");

  private static final Pattern CONTINUATION =
      Pattern.compile(
          "^\\s+(at |\\.\\.\\. \\d+ more|Suppressed: )|^Caused by: |^goroutine \\d+ |^\\t");

  private static final Pattern VARYING =
      Pattern.compile("0x[0-9a-fA-F]+|\\b[0-9a-fA-F]{8,}\\b|\\d+");

  static Optional<Alarm> in(String line) {
    String bounded = bounded(line);
    if (isContinuation(bounded)
        || !(THROWABLE.matcher(bounded).find()
            || PANIC.matcher(bounded).find()
            || FATAL.matcher(bounded).find())) {
      return Optional.empty();
    }
    return Optional.of(new Alarm(VARYING.matcher(bounded).replaceAll("#"), bounded));
  }

  /** Tells whether {@code line} goes on with the stack trace of the line before it. */
  static boolean isContinuation(String line) {
    return CONTINUATION.matcher(line).find();
  }

  static String bounded(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
  }
}
