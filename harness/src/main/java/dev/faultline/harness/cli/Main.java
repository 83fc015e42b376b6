package dev.faultline.harness.cli;

import dev.faultline.harness.scenario.ScenarioKey;
import dev.faultline.results.ExitCode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The entry point of {@code ./faultline}. */
public final class Main {

  private Main() {}

  /** The command without a sub-command: prints the usage. */
  @Command(
      name = "faultline",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description =
          "Breaks replicated systems on purpose and proves from the record whether they kept their promises.",
      subcommands = {
        CheckCommand.class,
        AnalyzeCommand.class,
        ListCommand.class,
        DoctorCommand.class,
        EvidenceCommand.class,
        BenchCommand.class
      })
  static final class Root implements Runnable {

    @CommandLine.Spec CommandSpec spec;

    @Override
    public void run() {
      throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
  }

  /** Runs a command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    HarnessLogging.configure();
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
    System.exit(executeWhatever(out, err, args));
  }

  /**
   * The command line catches exceptions; an error, such as a full heap, must not end as exit code
   * 1, which is INVALID.
   */
  @SuppressWarnings("CatchThrowable")
  private static int executeWhatever(PrintWriter out, PrintWriter err, String... args) {
    try {
      return execute(out, err, args);
    } catch (Throwable e) {
      err.println("faultline: internal error: " + e);
      e.printStackTrace(err);
      err.flush();
      return ExitCode.INTERNAL_ERROR.status();
    }
  }

  /** Runs a command line and returns its exit code. */
  static int execute(PrintWriter out, PrintWriter err, String... args) {
    int status = commandLine().setOut(out).setErr(err).execute(args);
    out.flush();
    err.flush();
    return status;
  }

  static CommandLine commandLine() {
    CommandSpec root = CommandSpec.forAnnotatedObject(new Root());
    CommandSpec run = CommandSpec.forAnnotatedObject(new RunCommand());
    ScenarioOptions.addTo(run);
    root.addSubcommand("run", run);
    CommandSpec compare = CommandSpec.forAnnotatedObject(new CompareCommand());
    ScenarioOptions.addTo(compare, ScenarioKey.SYSTEM, ScenarioKey.DEVIATION);
    root.addSubcommand("compare", compare);
    CommandLine commandLine = new CommandLine(root);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    root.subcommands().values().forEach(sub -> sub.getCommandSpec().mixinStandardHelpOptions(true));
    exitAsDocumented(commandLine);
    commandLine.setExecutionExceptionHandler(Main::complain);
    return commandLine;
  }

  /** Sets the exit codes of a command and of whatever stands below it. */
  private static void exitAsDocumented(CommandLine command) {
    command
        .getCommandSpec()
        .exitCodeOnInvalidInput(ExitCode.BAD_INPUT.status())
        .exitCodeOnExecutionException(ExitCode.INTERNAL_ERROR.status());
    command.getSubcommands().values().forEach(Main::exitAsDocumented);
  }

  /**
   * Says what a user can act on in a sentence, and shows a stack trace only for defects of ours.
   */
  private static int complain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    ExitCode code = Complaints.exitCode(failure);
    if (code == ExitCode.INTERNAL_ERROR) {
      err.println("faultline: internal error; please report it with what follows");
      failure.printStackTrace(err);
    } else {
      err.println("faultline: " + Complaints.text(failure));
    }
    err.flush();
    return code.status();
  }
}
