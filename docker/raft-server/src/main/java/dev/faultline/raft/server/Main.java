package dev.faultline.raft.server;

import dev.faultline.raft.core.RaftPolicy;
import dev.faultline.raft.deviation.Deviation;
import dev.faultline.raft.deviation.Deviations;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one server as a process. The package's page describes its output and its exit codes. */
public final class Main {

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  /** What serves, once it does; read by the thread that ends the process. */
  private volatile @Nullable NodeServer server;

  private volatile int exitCode = ExitCode.OK;

  Main(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** Serves until it is told to end. */
  public static void main(String[] args) {
    keepBuffersSmall();
    Main main = new Main(System.in, System.out, System.err);
    // Before anything starts, so that SIGTERM always ends the process in the same way.
    Runtime.getRuntime().addShutdownHook(new Thread(main::shutDown, "shutdown"));
    int exitCode = ExitCode.INTERNAL;
    try {
      exitCode = main.run(List.of(args));
    } finally {
      main.exitCode = exitCode; // Not earlier: until here, whatever ends the process was asked to.
      System.exit(exitCode);
    }
  }

  /**
   * Closes the server and ends the process. Without the halt, it would end with 128 + 15 after
   * SIGTERM, as if it had been killed. A server that still starts is not waited for: it has
   * acknowledged nothing that a halt could take back.
   */
  private void shutDown() {
    NodeServer serving = server;
    if (serving != null) {
      serving.close();
    }
    Runtime.getRuntime().halt(exitCode);
  }

  /** Returns an exit code once there is one: at once if the server does not start, else never. */
  int run(List<String> args) {
    try {
      Optional<ServerConfig> config = new Arguments().parse(args, out);
      if (config.isPresent()) {
        serve(config.get());
      }
      return ExitCode.OK;
    } catch (ConfigException e) {
      err.println("raft-server: " + e.getMessage());
      err.println("raft-server: --help lists the options");
      return ExitCode.USAGE;
    } catch (StartException e) {
      err.println("raft-server: " + e.getMessage());
      return e.exitCode();
    } catch (InterruptedException e) {
      return ExitCode.OK;
    } catch (Throwable e) {
      // Whatever it is, out of memory included: main exits, whatever threads there are.
      err.println("raft-server: internal error");
      e.printStackTrace(err);
      return ExitCode.INTERNAL;
    }
  }

  private void serve(ServerConfig config)
      throws ConfigException, StartException, InterruptedException {
    Optional<Deviation> deviation = deviation(config.deviation());
    ServerLogging.configure(config.logLevel());
    if (config.exitWithStdin()) {
      Owner.ignoreInterrupts();
    }
    deviation.ifPresent(this::warn);
    NodeServer started =
        NodeServer.start(
            config,
            deviation.map(Deviation::name).orElse(""),
            deviation.map(known -> known.policy().get()).orElseGet(RaftPolicy::new),
            this::fail);
    server = started;
    if (config.exitWithStdin()) {
      Owner.watch(in, () -> System.exit(ExitCode.OK));
    }
    out.println(
        "ready to serve client requests on "
            + new HostPort(config.listenClient().host(), started.clientAddress().getPort()));
    out.flush();
    new CountDownLatch(1).await();
  }

  private static Optional<Deviation> deviation(@Nullable String name) throws ConfigException {
    if (name == null) {
      return Optional.empty();
    }
    List<String> names = Deviations.all().stream().map(Deviation::name).toList();
    Optional<Deviation> known = Deviations.named(name);
    if (known.isEmpty()) {
      throw new ConfigException(
          "unknown deviation '%s'%s (there are: %s)"
              .formatted(name, new NearestName(names).hint(name), String.join(", ", names)));
    }
    return known;
  }

  private void warn(Deviation deviation) {
    String line = "*".repeat(78);
    out.println(line);
    out.println("*  THIS SERVER IS BROKEN ON PURPOSE: deviation " + deviation.name());
    out.println("*  " + deviation.summary());
    out.println("*  After a bug of real systems: " + deviation.evidence());
    out.println("*  It serves to test a test harness. Trust it with nothing.");
    out.println(line);
    Logger log = LoggerFactory.getLogger(Main.class);
    log.warn("deviation {} is active: {}", deviation.name(), deviation.summary());
  }

  /** A node that can be trusted no longer must fall silent at once; there is nothing to save. */
  private void fail(String message, Throwable cause) {
    err.println("raft-server: fatal: " + message);
    cause.printStackTrace(err);
    err.flush();
    Runtime.getRuntime().halt(ExitCode.INTERNAL);
  }

  /**
   * Several servers share a machine, each with a small heap. Netty by default takes two event loops
   * and two arenas of buffers for each core.
   */
  private static void keepBuffersSmall() {
    System.setProperty("io.netty.eventLoopThreads", "2");
    System.setProperty("io.netty.allocator.numDirectArenas", "1");
    System.setProperty("io.netty.allocator.numHeapArenas", "1");
  }
}
