package dev.faultline.raft.server;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Reads a command line, and the file that it may name, into a configuration. */
final class Arguments {

  private static final String CONFIG_FILE = "--config-file";

  private final ServerOptions options = new ServerOptions();
  private final CommandLine commandLine = new CommandLine(options);

  /**
   * Returns what {@code args} say, or nothing if they only ask for help, which is then printed to
   * {@code out}.
   *
   * @throws ConfigException if they make no sense
   */
  Optional<ServerConfig> parse(List<String> args, PrintStream out) throws ConfigException {
    Map<String, String> fileValues = readConfigFile(args);
    commandLine.setDefaultValueProvider(option -> valueOf(option, fileValues));
    commandLine.setUnmatchedArgumentsAllowed(true);
    try {
      List<String> unmatched = commandLine.parseArgs(args.toArray(String[]::new)).unmatched();
      if (!unmatched.isEmpty()) {
        String wrong = unmatched.getFirst();
        throw new ConfigException(
            "unknown option '" + wrong + "'" + new NearestName(flags()).hint(nameOf(wrong)));
      }
    } catch (ParameterException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
    if (commandLine.isUsageHelpRequested()) {
      commandLine.usage(out);
      return Optional.empty();
    }
    return Optional.of(options.toConfig());
  }

  private Map<String, String> readConfigFile(List<String> args) throws ConfigException {
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.startsWith(CONFIG_FILE + "=")) {
        return readConfigFile(arg.substring(CONFIG_FILE.length() + 1));
      }
      if (arg.equals(CONFIG_FILE) && i + 1 < args.size()) {
        return readConfigFile(args.get(i + 1));
      }
    }
    return Map.of();
  }

  private Map<String, String> readConfigFile(String path) throws ConfigException {
    return new ConfigFile(Path.of(path), keys()).read();
  }

  /** Returns what the file says for an option, or null for the option's own default. */
  private static @Nullable String valueOf(ArgSpec option, Map<String, String> fileValues) {
    return option instanceof OptionSpec spec ? fileValues.get(keyOf(spec.longestName())) : null;
  }

  private List<String> keys() {
    return flags().stream()
        .filter(flag -> !flag.equals(CONFIG_FILE) && !flag.equals("--help"))
        .map(Arguments::keyOf)
        .toList();
  }

  private List<String> flags() {
    List<String> flags = new ArrayList<>();
    commandLine.getCommandSpec().options().forEach(option -> flags.add(option.longestName()));
    return flags;
  }

  private static String keyOf(String flag) {
    return flag.substring("--".length());
  }

  private static String nameOf(String argument) {
    int equals = argument.indexOf('=');
    return equals < 0 ? argument : argument.substring(0, equals);
  }
}
