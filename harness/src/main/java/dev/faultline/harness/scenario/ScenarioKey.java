package dev.faultline.harness.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A word that a scenario can say something with: a key in a file, an option on the command line.
 */
public enum ScenarioKey {
  NAME("name", "TEXT", "", "what to call the run; the workload's name unless said"),
  SYSTEM(
      "system",
      "NAME",
      "raft",
      "the system under test; see 'list systems'. Or a file that describes one, ending with .yaml"),
  PLUGIN("plugin", "JARS", "", "jars with systems and client classes of your own"),
  DEVIATION(
      "deviation", "NAME", "", "a known bug to switch on in the system; see 'list deviations'"),
  CLUSTER("cluster", "KIND", "process", "process: local processes; docker: containers"),
  LINKS(
      "links",
      "KIND",
      "",
      "proxies or packets: what cuts the links; chosen by the faults unless said"),
  PROGRAM("program", "FILE", "", "the system's program, for processes; the one on the path"),
  IMAGE("image", "NAME", "", "the system's image, for containers; the system's own choice"),
  NODES("nodes", "N", "5", "how many nodes"),
  WORKLOAD("workload", "NAME", "register", "what clients do; see 'list workloads'"),
  KEYS("keys", "N", "4", "how many keys are in use at a time"),
  OPS_PER_KEY("ops-per-key", "N", "150", "how many operations a key gets before it is done with"),
  TXN_LENGTH("txn-length", "N", "4", "how many reads and writes a transaction has at most"),
  VALUES("values", "KIND", "unique", "unique, or small: 0 to 4, written again and again"),
  CONCURRENCY("concurrency", "N", "4n", "how many processes; 2n is two for each node"),
  RATE("rate", "OPS", "400", "operations a second, of all processes together"),
  DURATION("duration", "TIME", "30s", "how long clients and faults run side by side"),
  TIMEOUT("timeout", "TIME", "1s", "how long a client waits for an answer"),
  FAULTS(
      "faults", "KINDS", "partition,kill,pause", "kinds of faults, or 'none'; see 'list faults'"),
  EVERY("every", "TIME", "6s", "how often a fault of each kind strikes"),
  FOR("for", "TIME", "3s", "how long it lasts"),
  PLAN("plan", "FILE", "", "strike exactly as this plan says, instead of drawing one"),
  HEARTBEAT("heartbeat", "TIME", "100ms", "how often a leader of the system speaks up"),
  ELECTION("election", "TIME", "1s", "how long a follower waits for its leader, at least"),
  RECOVERY(
      "recovery", "TIME", "30s", "how long the cluster may take to recover once all is healed"),
  CHECK_TIME("check-time", "TIME", "60s", "how long each checker may think"),
  SEED("seed", "BITS", "", "what everything random comes from; fresh unless said");

  private final String word;
  private final String argument;
  private final String defaultText;
  private final String description;

  ScenarioKey(String word, String argument, String defaultText, String description) {
    this.word = word;
    this.argument = argument;
    this.defaultText = defaultText;
    this.description = description;
  }

  /** Returns the key in a scenario file; with two dashes before it, the option. */
  public String word() {
    return word;
  }

  /** Returns what stands for the argument in help texts. */
  public String argument() {
    return argument;
  }

  /** Returns what holds when nothing is said; empty if that is worked out. */
  public String defaultText() {
    return defaultText;
  }

  /** Returns what the word means, in a clause. */
  public String description() {
    return description;
  }

  /** Returns the key that is written {@code word}. */
  static Optional<ScenarioKey> named(String word) {
    return Arrays.stream(values()).filter(key -> key.word.equals(word)).findFirst();
  }

  /** Returns every key as it is written. */
  static List<String> words() {
    return Arrays.stream(values()).map(ScenarioKey::word).toList();
  }
}
