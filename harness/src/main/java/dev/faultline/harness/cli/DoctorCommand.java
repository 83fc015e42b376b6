package dev.faultline.harness.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.docker.Engine;
import dev.faultline.harness.ledger.RunLedger;
import dev.faultline.harness.process.Signals;
import dev.faultline.harness.system.EtcdSystem;
import dev.faultline.harness.system.Program;
import dev.faultline.results.ExitCode;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code faultline doctor}: says whether this machine can run the main job, and what to do if not.
 */
@Command(
    name = "doctor",
    description =
        "Look whether this machine has what Faultline needs, and say how to get what is missing.")
final class DoctorCommand implements Callable<Integer> {

  private static final Runtime.Version LEAST_JAVA = Runtime.Version.parse("25.0.3");
  private static final long LEAST_FREE_BYTES = 1L << 30;

  @Spec CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where runs are kept; results/runs unless said.")
  Path out = Path.of("results", "runs");

  /** What was found of one need. */
  private record Finding(Level level, String what, String remedy) {}

  private enum Level {
    OK,
    OPTIONAL,
    MISSING
  }

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(signals());
    findings.add(writable("runs", out));
    findings.add(writable("ledgers of what a run has to clean up", RunLedger.directory()));
    findings.add(space());
    findings.add(program(EtcdSystem.PROGRAM, "--system etcd without containers"));
    findings.add(
        program(
            new Program("etcdctl", "Debian: apt-get install etcd-client"),
            "to talk to a node by hand"));
    findings.add(engine());
    PrintWriter to = spec.commandLine().getOut();
    for (Finding finding : findings) {
      to.printf("%-9s %s%n", finding.level().name().toLowerCase(Locale.ROOT), finding.what());
      if (finding.level() != Level.OK) {
        to.printf("%-9s   %s%n", "", finding.remedy());
      }
    }
    boolean ready = findings.stream().noneMatch(finding -> finding.level() == Level.MISSING);
    to.println(ready ? "Ready: ./faultline run" : "Not ready; see above.");
    to.flush();
    return ready ? ExitCode.VALID.status() : ExitCode.NOT_READY.status();
  }

  private static Finding java() {
    Runtime.Version version = Runtime.version();
    return version.compareToIgnoreOptional(LEAST_JAVA) >= 0
        ? new Finding(Level.OK, "Java " + version, "")
        : new Finding(
            Level.MISSING,
            "Java " + version + " is older than " + LEAST_JAVA,
            "install a JDK from https://adoptium.net/temurin/releases/?version=25");
  }

  private static Finding signals() {
    try {
      Signals.selfTest();
      return new Finding(Level.OK, "child processes can be stopped, continued and killed", "");
    } catch (IOException | RuntimeException e) {
      return new Finding(
          Level.MISSING,
          "child processes cannot be stopped and continued: " + e.getMessage(),
          "run on Linux or macOS, outside of sandboxes that filter kill(2)");
    }
  }

  private static Finding writable(String what, Path directory) {
    try {
      Files.createDirectories(directory);
      Path probe = Files.createTempFile(directory, "doctor", ".tmp");
      Files.delete(probe);
      return new Finding(Level.OK, directory + " can be written (" + what + ")", "");
    } catch (IOException e) {
      return new Finding(
          Level.MISSING,
          directory + " cannot be written (" + what + "): " + e.getMessage(),
          "make it writable, or name another: --out DIR for runs, FAULTLINE_STATE for ledgers");
    }
  }

  private Finding space() {
    File place = out.toAbsolutePath().toFile();
    long free = place.getUsableSpace();
    String what = String.format(Locale.ROOT, "%,d MB free for runs", free >> 20);
    return free >= LEAST_FREE_BYTES
        ? new Finding(Level.OK, what, "")
        : new Finding(Level.MISSING, what, "free at least 1 GB, or name another place with --out");
  }

  private static Finding engine() {
    try {
      Engine engine = Engine.connect();
      return new Finding(Level.OK, "a container engine answers, version " + engine.version(), "");
    } catch (EnvironmentException e) {
      return new Finding(
          Level.OPTIONAL,
          "no container engine answers (--cluster docker)",
          "install one (Debian: apt-get install docker.io) and start it (systemctl start docker, or"
              + " dockerd)");
    }
  }

  private static Finding program(Program program, String use) {
    return program
        .onPath()
        .map(found -> new Finding(Level.OK, program.name() + " is " + found, ""))
        .orElseGet(() ->
            new Finding(
                Level.OPTIONAL,
                program.name() + " is not on the path (" + use + ")",
                program.remedy()));
  }
}
