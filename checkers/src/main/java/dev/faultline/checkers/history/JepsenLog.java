package dev.faultline.checkers.history;

import dev.faultline.checkers.edn.EdnReader;
import dev.faultline.checkers.edn.EdnSyntaxException;
import dev.faultline.checkers.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the operations from a Jepsen log, as Porcupine's etcd histories are:
 *
 * <pre>{@code
 * INFO  jepsen.util - 2  :invoke  :cas   [2 4]
 * INFO  jepsen.util - 2  :fail    :cas   [2 4]
 * }</pre>
 *
 * <p>As Porcupine takes them, a compare-and-set that failed observed another value, and a read that
 * failed or timed out tells nothing. Other lines are skipped.
 */
final class JepsenLog {

  private static final Pattern OPERATION =
      Pattern.compile(
          "\\S+\\s+jepsen\\.util - (\\d+)\\s+:(invoke|ok|fail|info)\\s+:(\\S+)\\s+(.+?)\\s*");

  private static final int PROCESS = 1;
  private static final int VALUE = 4;

  private static final OperationError MISMATCH =
      new OperationError(OperationError.COMPARE_FAILED, "another value was there", true);
  private static final OperationError TIMED_OUT =
      new OperationError("timed-out", "no answer", false);

  private final Path file;
  private final HistoryBuilder builder = new HistoryBuilder();

  JepsenLog(Path file) {
    this.file = file;
  }

  History read(BufferedReader lines) throws IOException {
    long number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      Matcher matcher = OPERATION.matcher(line);
      if (matcher.matches()) {
        try {
          int _ = builder.append(event(matcher));
        } catch (IllegalHistoryException e) {
          throw new HistoryFormatException(file, number, 1, e.problem(), e.remedy());
        } catch (EdnSyntaxException e) {
          int column = matcher.start(VALUE) + e.column();
          throw new HistoryFormatException(file, number, column, e.problem(), e.expected());
        } catch (NumberFormatException e) {
          throw new HistoryFormatException(
              file,
              number,
              matcher.start(PROCESS) + 1,
              "the process " + matcher.group(PROCESS) + " is too large",
              "expected a number up to " + Integer.MAX_VALUE);
        }
      }
    }
    if (builder.size() == 0) {
      throw new HistoryFormatException(
          file,
          1,
          1,
          "no line is an operation",
          "expected INFO  jepsen.util - 0 :invoke :read nil");
    }
    return builder.build();
  }

  private Event event(Matcher matcher) throws IOException {
    String f = matcher.group(3);
    EventType type =
        switch (matcher.group(2)) {
          case "invoke" -> EventType.INVOKE;
          case "ok" -> EventType.OK;
          case "fail" -> f.equals("cas") ? EventType.FAIL : EventType.INFO;
          default -> EventType.INFO;
        };
    Json value = new EdnReader(new StringReader(matcher.group(VALUE))).next();
    OperationError error =
        switch (type) {
          case INVOKE, OK -> null;
          case FAIL -> MISMATCH;
          case INFO -> TIMED_OUT;
        };
    return new Event(
        builder.lastTimeNanos(),
        Integer.parseInt(matcher.group(PROCESS)),
        type,
        f,
        null,
        value == null ? Json.NULL : value,
        null,
        error,
        null);
  }
}
