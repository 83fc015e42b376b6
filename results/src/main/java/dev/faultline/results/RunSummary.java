package dev.faultline.results;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.OptBoolean;
import dev.faultline.checkers.faults.Availability;
import dev.faultline.checkers.faults.FaultWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of a run without reading its history: the content of {@code run.json}.
 *
 * <p>Immutable. Durations are nanoseconds. In the file every member is present; what is not known
 * is null. Files of older releases lack {@code systemVersion}, {@code cluster} and {@code links};
 * they are read as not known.
 *
 * @param version the version of this format, {@link #VERSION}
 * @param name the scenario's name
 * @param seed the run's seed, as the command line takes it, such as {@code 0x2a}
 * @param faultline the version of Faultline that ran
 * @param started when the run began
 * @param durationNanos how long it took, checking included
 * @param system the system under test
 * @param systemVersion its version, such as {@code 3.5.16}; null if it is not known
 * @param cluster what its nodes ran in, {@code process} or {@code docker}; null if it is not known
 * @param links how the links between them were broken, {@code proxies} or {@code packets}; null if
 *     it is not known
 * @param deviation the deviation that it was broken with on purpose, or null
 * @param nodes the names of its nodes
 * @param workload the workload
 * @param faults the kinds of faults that were planned
 * @param verdict {@code VALID}, {@code INVALID} or {@code UNKNOWN}
 * @param reason why it is UNKNOWN or, for INVALID, what happened; null for VALID
 * @param exitCode the exit status of the run
 * @param operations how the operations ended
 * @param keys how many keys they were about
 * @param leaderChanges how often the leader changed; null if nobody could tell
 * @param recoveryNanos from the last heal to the observed recovery; null if there was none
 * @param harness how well the harness itself ran
 * @param again the commands that run this again, best first
 * @param recheck the command that checks the recorded history again
 * @param availability what each kind of fault did, in the order of {@code faults}
 */
public record RunSummary(
    int version,
    String name,
    String seed,
    String faultline,
    Instant started,
    long durationNanos,
    String system,
    @JsonProperty(isRequired = OptBoolean.FALSE) @Nullable String systemVersion,
    @JsonProperty(isRequired = OptBoolean.FALSE) @Nullable String cluster,
    @JsonProperty(isRequired = OptBoolean.FALSE) @Nullable String links,
    @Nullable String deviation,
    List<String> nodes,
    String workload,
    List<String> faults,
    String verdict,
    @Nullable String reason,
    int exitCode,
    Counts operations,
    long keys,
    @Nullable Integer leaderChanges,
    @Nullable Long recoveryNanos,
    HarnessHealth harness,
    List<String> again,
    String recheck,
    List<FaultAvailability> availability) {

  /** The version of the format that this class reads and writes. */
  public static final int VERSION = 1;

  /**
   * How operations ended.
   *
   * @param ok how many happened
   * @param fail how many did not happen
   * @param info of how many nobody knows
   */
  public record Counts(long ok, long fail, long info) {

    /** Returns how many operations there were. */
    public long total() {
      return ok + fail + info;
    }

    /** Returns how these operations and {@code others} ended. */
    public Counts plus(Counts others) {
      return new Counts(ok + others.ok, fail + others.fail, info + others.info);
    }
  }

  /**
   * How well the harness itself ran: a starved harness must not be taken for a slow system.
   *
   * @param loopLatenessP99Nanos the 99th percentile of how late the event loop ran its tasks
   * @param loopLatenessMaxNanos the latest that it was
   * @param gcPauseMaxNanos the longest pause of the garbage collector
   */
  public record HarnessHealth(
      long loopLatenessP99Nanos, long loopLatenessMaxNanos, long gcPauseMaxNanos) {}

  /**
   * What the faults of one kind did.
   *
   * @param fault the kind
   * @param effective how many had an observed effect
   * @param skipped how many were skipped, for want of a target
   * @param ineffective how many had no effect that could be observed
   * @param firstSuccessMedianNanos the median time from the end of a fault to the first operation
   *     that was invoked and succeeded after it; null if none did
   * @param firstSuccessMaxNanos the longest such time; null if none did
   */
  public record FaultAvailability(
      String fault,
      int effective,
      int skipped,
      int ineffective,
      @Nullable Long firstSuccessMedianNanos,
      @Nullable Long firstSuccessMaxNanos) {

    public FaultAvailability {
      Objects.requireNonNull(fault, "fault");
    }

    /** Returns what each kind of fault did, in the order in which the kinds first struck. */
    public static List<FaultAvailability> of(List<Availability> faults) {
      Map<String, List<Availability>> byKind = new LinkedHashMap<>();
      faults.forEach(
          seen -> byKind.computeIfAbsent(seen.window().fault(), _ -> new ArrayList<>()).add(seen));
      return byKind.entrySet().stream().map(kind -> of(kind.getKey(), kind.getValue())).toList();
    }

    private static FaultAvailability of(String kind, List<Availability> faults) {
      // Only what struck says anything of the time to get over it.
      List<Long> nanos =
          faults.stream()
              .filter(seen -> seen.window().effect() == FaultWindow.Effect.EFFECTIVE)
              .flatMapToLong(seen -> seen.nanosToFirstOk().stream())
              .sorted()
              .boxed()
              .toList();
      return new FaultAvailability(
          kind,
          count(faults, FaultWindow.Effect.EFFECTIVE),
          count(faults, FaultWindow.Effect.SKIPPED),
          count(faults, FaultWindow.Effect.INEFFECTIVE),
          nanos.isEmpty() ? null : nanos.get(nanos.size() / 2),
          nanos.isEmpty() ? null : nanos.getLast());
    }

    private static int count(List<Availability> faults, FaultWindow.Effect effect) {
      return (int) faults.stream().filter(seen -> seen.window().effect() == effect).count();
    }
  }

  public RunSummary {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(seed, "seed");
    Objects.requireNonNull(faultline, "faultline");
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(system, "system");
    Objects.requireNonNull(workload, "workload");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(operations, "operations");
    Objects.requireNonNull(harness, "harness");
    Objects.requireNonNull(recheck, "recheck");
    nodes = List.copyOf(Objects.requireNonNull(nodes, "nodes"));
    faults = List.copyOf(Objects.requireNonNull(faults, "faults"));
    again = List.copyOf(Objects.requireNonNull(again, "again"));
    availability = List.copyOf(Objects.requireNonNull(availability, "availability"));
  }

  /**
   * Returns the system with all that is known of how it ran: {@code etcd 3.5.16, docker, packets}.
   */
  public String describeSystem() {
    return describeSystemAs(system);
  }

  /** Returns what {@link #describeSystem} does, with another name for the system. */
  public String describeSystemAs(String name) {
    String named = systemVersion == null ? name : name + " " + systemVersion;
    return Stream.of(named, cluster, links).filter(Objects::nonNull).collect(joining(", "));
  }

  /** Writes this to {@code file}, in one step. */
  public void write(Path file) throws IOException {
    new JsonFiles().write(file, this);
  }

  /**
   * Reads a summary.
   *
   * @throws MalformedResultException if {@code file} holds none, or one of another version
   * @throws IOException if it cannot be read
   */
  public static RunSummary read(Path file) throws IOException {
    return new JsonFiles().read(file, RunSummary.class, VERSION);
  }
}
