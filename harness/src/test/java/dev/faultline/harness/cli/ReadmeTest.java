package dev.faultline.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that the documentation shows are commands that there are. */
class ReadmeTest {

  private static final Path ROOT = Path.of("..");

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandShownIsUnderstood(String command) {
    String[] words = command.split("\\s+");
    String[] arguments = Stream.of(words).skip(1).toArray(String[]::new);
    assertThatCode(() -> Main.commandLine().parseArgs(arguments)).doesNotThrowAnyException();
    for (int i = 0; i + 1 < words.length; i++) {
      if (words[i].equals("-f")) {
        assertThat(ROOT.resolve(words[i + 1])).isRegularFile();
      }
    }
  }

  static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    for (String page : List.of("README.md", "CONTRIBUTING.md")) {
      for (String line : Files.readAllLines(ROOT.resolve(page))) {
        if (line.startsWith("./faultline ")) {
          commands.add(line.replaceAll("\\s+#.*", ""));
        }
      }
    }
    return commands;
  }

  @Test
  void continuousIntegrationRunsBothCommandsOfTheFirstPage() throws IOException {
    assertThat(ROOT.resolve(".ci/run")).content().contains("./mvnw verify", "./faultline run");
    assertThat(ROOT.resolve("README.md")).content().contains("./mvnw verify", "./faultline run");
  }
}
