package dev.faultline.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What each command says of itself. */
class HelpTest {

  @Test
  void saysOfEveryCommandAndOptionWhatItIsFor() {
    List<CommandLine> commands = new ArrayList<>(List.of(Main.commandLine()));
    for (int i = 0; i < commands.size(); i++) {
      commands.addAll(commands.get(i).getSubcommands().values());
    }
    assertThat(commands).hasSizeGreaterThan(10);
    for (CommandLine command : commands) {
      String name = command.getCommandSpec().qualifiedName();
      assertThat(command.getCommandSpec().usageMessage().description()).as(name).isNotEmpty();
      assertThat(command.getUsageMessage()).as(name).doesNotContainPattern("<arg\\d");
      command
          .getCommandSpec()
          .args()
          .forEach(arg ->
              assertThat(arg.description()).as("%s %s", name, arg.paramLabel()).isNotEmpty());
    }
  }
}
