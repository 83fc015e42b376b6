package dev.faultline.harness.cli;

import dev.faultline.harness.scenario.ScenarioException;
import dev.faultline.harness.scenario.ScenarioKey;
import dev.faultline.harness.scenario.ScenarioWords;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Gives a command every {@link ScenarioKey} as an option, and reads them back. */
final class ScenarioOptions {

  private static final String HARMLESS = "[A-Za-z0-9@%_+=:,./-]+";

  private ScenarioOptions() {}

  /** Adds an option for each word of a scenario but {@code leftOut} to {@code command}. */
  static void addTo(CommandSpec command, ScenarioKey... leftOut) {
    Set<ScenarioKey> keys = EnumSet.allOf(ScenarioKey.class);
    keys.removeAll(Set.of(leftOut));
    for (ScenarioKey key : keys) {
      String standard = key.defaultText().isEmpty() ? "" : " (" + key.defaultText() + ")";
      command.addOption(
          OptionSpec.builder("--" + key.word())
              .paramLabel(key.argument())
              .type(String.class)
              .arity("1")
              .description(key.description() + standard)
              .build());
    }
  }

  /**
   * Returns the words of {@code file}, if there is one, with those of the command line laid over
   * them.
   */
  static ScenarioWords words(ParseResult parsed, @Nullable Path file)
      throws IOException, ScenarioException {
    ScenarioWords options = ScenarioWords.ofOptions(given(parsed));
    if (file == null) {
      return options;
    }
    try {
      return ScenarioWords.read(file).overlaidWith(options);
    } catch (NoSuchFileException _) {
      throw new ScenarioException("--file", "there is no file " + file);
    }
  }

  private static Map<ScenarioKey, String> given(ParseResult parsed) {
    Map<ScenarioKey, String> given = new EnumMap<>(ScenarioKey.class);
    for (ScenarioKey key : ScenarioKey.values()) {
      String text =
          parsed.hasMatchedOption("--" + key.word())
              ? parsed.matchedOptionValue("--" + key.word(), (String) null)
              : null;
      if (text != null) {
        given.put(key, text);
      }
    }
    return given;
  }

  /**
   * Returns the command that runs the same again, with {@code seed} whether it was said or drawn.
   */
  static String again(ParseResult parsed, @Nullable Path file, String seed) {
    List<String> words = new ArrayList<>(List.of("./faultline", "run"));
    if (file != null) {
      words.add("-f");
      words.add(quoted(file.toString()));
    }
    given(parsed)
        .forEach((key, text) -> {
          if (key != ScenarioKey.SEED) {
            words.add("--" + key.word());
            words.add(quoted(text));
          }
        });
    words.add("--seed");
    words.add(seed);
    return String.join(" ", words);
  }

  private static String quoted(String text) {
    return text.matches(HARMLESS) ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
