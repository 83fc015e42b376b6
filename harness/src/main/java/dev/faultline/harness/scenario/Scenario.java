package dev.faultline.harness.scenario;

import dev.faultline.harness.Seed;
import dev.faultline.harness.cluster.ClusterKind;
import dev.faultline.harness.cluster.LinkBackend;
import dev.faultline.harness.system.SystemFile;
import dev.faultline.harness.system.SystemOptions;
import dev.faultline.nemeses.NearestName;
import dev.faultline.nemeses.PlanException;
import dev.faultline.nemeses.plan.HumanDuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A run, resolved: everything that it needs to know, with nothing left open.
 *
 * @param name what the run is called
 * @param system the name of the system under test, or the absolute path of the file that describes
 *     it
 * @param plugins jars with classes of the user's own, as absolute paths
 * @param deviation the known bug to switch on, if any
 * @param cluster how nodes are run
 * @param links what stands in the links, if that is not left to be chosen by the faults
 * @param program the system's program, if named
 * @param image the system's image, if named
 * @param nodes how many nodes, 1 to 9
 * @param workload the name of the workload
 * @param keys how many keys are in use at a time
 * @param opsPerKey how many operations a key gets
 * @param transactionLength how many micro-operations a transaction has at most
 * @param uniqueValues whether every write has a value of its own
 * @param concurrency how many processes
 * @param rate operations a second
 * @param duration the main phase
 * @param timeout a client's patience
 * @param faults kinds of faults, as users write them
 * @param every how often a fault of each kind strikes
 * @param lasting how long it lasts
 * @param plan a plan to follow instead of drawing one
 * @param heartbeat the system's heartbeat interval
 * @param election the system's election timeout
 * @param recovery the deadline for recovery
 * @param checkTime the budget of each checker
 * @param seed what everything random comes from
 */
public record Scenario(
    String name,
    String system,
    List<Path> plugins,
    Optional<String> deviation,
    ClusterKind cluster,
    Optional<LinkBackend> links,
    Optional<String> program,
    Optional<String> image,
    int nodes,
    String workload,
    int keys,
    int opsPerKey,
    int transactionLength,
    boolean uniqueValues,
    int concurrency,
    double rate,
    Duration duration,
    Duration timeout,
    List<String> faults,
    Duration every,
    Duration lasting,
    Optional<Path> plan,
    Duration heartbeat,
    Duration election,
    Duration recovery,
    Duration checkTime,
    Seed seed) {

  public static final int MOST_NODES = 9;
  private static final int MOST_PROCESSES = 1_000;

  /** etcd takes 128 operations in a transaction unless told otherwise. */
  private static final int LONGEST_TRANSACTION = 64;

  public Scenario {
    plugins = List.copyOf(plugins);
    faults = List.copyOf(faults);
  }

  /**
   * Resolves {@code words}; what they leave open gets its default.
   *
   * @throws ScenarioException if a word cannot be understood, or two do not go together
   */
  public static Scenario resolve(ScenarioWords words) throws ScenarioException {
    Resolver of = new Resolver(words);
    int nodes = of.number(ScenarioKey.NODES, 1, MOST_NODES);
    String workload = of.text(ScenarioKey.WORKLOAD);
    String name = of.optional(ScenarioKey.NAME).orElse(workload);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}")) {
      throw of.wrong(ScenarioKey.NAME, "'" + name + "' is no name; use letters, digits, dot, dash");
    }
    return new Scenario(
        name,
        of.file(ScenarioKey.SYSTEM, SystemFile::isNamedBy),
        of.files(ScenarioKey.PLUGIN),
        of.optional(ScenarioKey.DEVIATION),
        of.choice(ScenarioKey.CLUSTER, ClusterKind.values(), ClusterKind::word),
        of.optional(ScenarioKey.LINKS).isPresent()
            ? Optional.of(of.choice(ScenarioKey.LINKS, LinkBackend.values(), LinkBackend::word))
            : Optional.empty(),
        of.optional(ScenarioKey.PROGRAM),
        of.optional(ScenarioKey.IMAGE),
        nodes,
        workload,
        of.number(ScenarioKey.KEYS, 1, MOST_PROCESSES),
        of.number(ScenarioKey.OPS_PER_KEY, 1, 1_000_000),
        of.number(ScenarioKey.TXN_LENGTH, 1, LONGEST_TRANSACTION),
        of.parsed(ScenarioKey.VALUES, Scenario::isUnique),
        of.parsed(ScenarioKey.CONCURRENCY, text -> processes(text, nodes)),
        of.parsed(ScenarioKey.RATE, Scenario::rate),
        of.time(ScenarioKey.DURATION),
        of.time(ScenarioKey.TIMEOUT),
        of.parsed(ScenarioKey.FAULTS, Scenario::kinds),
        of.time(ScenarioKey.EVERY),
        of.time(ScenarioKey.FOR),
        of.optional(ScenarioKey.PLAN).map(Path::of),
        of.time(ScenarioKey.HEARTBEAT),
        of.time(ScenarioKey.ELECTION),
        of.time(ScenarioKey.RECOVERY),
        of.time(ScenarioKey.CHECK_TIME),
        of.optional(ScenarioKey.SEED).isPresent()
            ? of.parsed(ScenarioKey.SEED, Seed::parse)
            : Seed.fresh());
  }

  private static boolean isUnique(String text) {
    return switch (text) {
      case "unique" -> true;
      case "small" -> false;
      default ->
          throw new IllegalArgumentException("'" + text + "' is neither 'unique' nor 'small'");
    };
  }

  private static int processes(String text, int nodes) {
    boolean perNode = text.endsWith("n");
    String digits = perNode ? text.substring(0, text.length() - 1) : text;
    if (!digits.matches("\\d{1,4}")) {
      throw new IllegalArgumentException(
          "'" + text + "' is no number of processes; write 10, or 2n for two for each node");
    }
    int processes = Integer.parseInt(digits) * (perNode ? nodes : 1);
    if (processes < 1 || processes > MOST_PROCESSES) {
      throw new IllegalArgumentException(
          processes + " processes are not between 1 and " + MOST_PROCESSES);
    }
    return processes;
  }

  private static double rate(String text) {
    double rate;
    try {
      rate = Double.parseDouble(text);
    } catch (NumberFormatException _) {
      rate = 0;
    }
    if (!(rate > 0 && rate <= 1e6)) {
      throw new IllegalArgumentException(
          "'" + text + "' is no rate; write operations a second, such as 400");
    }
    return rate;
  }

  private static List<String> kinds(String text) {
    return text.equals("none")
        ? List.of()
        : Arrays.stream(text.split(",")).map(String::strip).filter(k -> !k.isEmpty()).toList();
  }

  /** Returns what the system under test is told. */
  public SystemOptions systemOptions() {
    return new SystemOptions(deviation, heartbeat, election, program, image);
  }

  /** Returns the names of the nodes, in order. */
  public List<String> nodeNames() {
    return IntStream.rangeClosed(1, nodes).mapToObj(i -> "n" + i).toList();
  }

  /** Returns this scenario as a file that {@link ScenarioWords#read} reads. */
  public String toYaml() {
    StringBuilder yaml = new StringBuilder();
    line(yaml, ScenarioKey.NAME, name);
    line(yaml, ScenarioKey.SYSTEM, SystemFile.isNamedBy(system) ? quoted(system) : system);
    if (!plugins.isEmpty()) {
      line(yaml, ScenarioKey.PLUGIN, plugins.stream().map(jar -> quoted(jar.toString())).toList());
    }
    deviation.ifPresent(text -> line(yaml, ScenarioKey.DEVIATION, text));
    line(yaml, ScenarioKey.CLUSTER, cluster.word());
    links.ifPresent(backend -> line(yaml, ScenarioKey.LINKS, backend.word()));
    program.ifPresent(text -> line(yaml, ScenarioKey.PROGRAM, "'" + text + "'"));
    image.ifPresent(text -> line(yaml, ScenarioKey.IMAGE, "'" + text + "'"));
    line(yaml, ScenarioKey.NODES, nodes);
    line(yaml, ScenarioKey.WORKLOAD, workload);
    line(yaml, ScenarioKey.KEYS, keys);
    line(yaml, ScenarioKey.OPS_PER_KEY, opsPerKey);
    line(yaml, ScenarioKey.TXN_LENGTH, transactionLength);
    line(yaml, ScenarioKey.VALUES, uniqueValues ? "unique" : "small");
    line(yaml, ScenarioKey.CONCURRENCY, concurrency);
    line(yaml, ScenarioKey.RATE, rateText());
    line(yaml, ScenarioKey.DURATION, HumanDuration.format(duration));
    line(yaml, ScenarioKey.TIMEOUT, HumanDuration.format(timeout));
    line(
        yaml,
        ScenarioKey.FAULTS,
        faults.isEmpty() ? "none" : "[" + String.join(", ", faults) + "]");
    line(yaml, ScenarioKey.EVERY, HumanDuration.format(every));
    line(yaml, ScenarioKey.FOR, HumanDuration.format(lasting));
    plan.ifPresent(path -> line(yaml, ScenarioKey.PLAN, "'" + path + "'"));
    line(yaml, ScenarioKey.HEARTBEAT, HumanDuration.format(heartbeat));
    line(yaml, ScenarioKey.ELECTION, HumanDuration.format(election));
    line(yaml, ScenarioKey.RECOVERY, HumanDuration.format(recovery));
    line(yaml, ScenarioKey.CHECK_TIME, HumanDuration.format(checkTime));
    line(yaml, ScenarioKey.SEED, "'" + seed + "'");
    return yaml.toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private String rateText() {
    return rate == Math.rint(rate) ? Long.toString((long) rate) : Double.toString(rate);
  }

  private static void line(StringBuilder yaml, ScenarioKey key, Object value) {
    yaml.append(key.word()).append(": ").append(value).append('\n');
  }

  /** Reads words as what they mean, and says where one cannot be read. */
  private record Resolver(ScenarioWords words) {

    String text(ScenarioKey key) {
      return words.word(key).text().strip();
    }

    Optional<String> optional(ScenarioKey key) {
      return Optional.of(text(key)).filter(text -> !text.isEmpty());
    }

    /** Returns the text, as an absolute path if it {@code isFile}. */
    String file(ScenarioKey key, Predicate<String> isFile) {
      String text = text(key);
      return isFile.test(text) ? absolute(key, text).toString() : text;
    }

    List<Path> files(ScenarioKey key) {
      return Arrays.stream(text(key).split(","))
          .map(String::strip)
          .filter(file -> !file.isEmpty())
          .map(file -> absolute(key, file))
          .toList();
    }

    /** What a scenario file names lies beside it; what an option names, where the command runs. */
    private Path absolute(ScenarioKey key, String file) {
      return words.word(key).beside().resolve(file).toAbsolutePath().normalize();
    }

    <T> T parsed(ScenarioKey key, Function<String, T> parser) throws ScenarioException {
      try {
        return parser.apply(text(key));
      } catch (IllegalArgumentException e) {
        throw wrong(key, String.valueOf(e.getMessage()));
      } catch (PlanException e) {
        throw wrong(key, e.getMessage() + ". " + e.remedy());
      }
    }

    <T> T choice(ScenarioKey key, T[] among, Function<T, String> word) throws ScenarioException {
      return parsed(
          key,
          text ->
              Arrays.stream(among)
                  .filter(one -> word.apply(one).equals(text))
                  .findFirst()
                  .orElseThrow(() -> {
                    List<String> words = Arrays.stream(among).map(word).toList();
                    return new IllegalArgumentException(
                        "'"
                            + text
                            + "' is none of "
                            + String.join(", ", words)
                            + NearestName.hint(text, words));
                  }));
    }

    Duration time(ScenarioKey key) throws ScenarioException {
      Duration time = parsed(key, HumanDuration::parse);
      if (time.isZero()) {
        throw wrong(key, "'" + key.word() + "' must be longer than nothing");
      }
      return time;
    }

    int number(ScenarioKey key, int least, int most) throws ScenarioException {
      return parsed(
          key,
          text -> {
            if (!text.matches("\\d{1,9}")
                || Integer.parseInt(text) < least
                || Integer.parseInt(text) > most) {
              throw new IllegalArgumentException(
                  "'" + text + "' is no number between " + least + " and " + most);
            }
            return Integer.parseInt(text);
          });
    }

    ScenarioException wrong(ScenarioKey key, String what) {
      return new ScenarioException(words.word(key).where(), what);
    }
  }
}
