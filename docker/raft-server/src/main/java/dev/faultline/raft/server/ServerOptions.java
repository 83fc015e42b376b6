package dev.faultline.raft.server;

import ch.qos.logback.classic.Level;
import dev.faultline.raft.core.NodeId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The words of the command line and of the configuration file, as etcd has them where it can. */
@Command(
    name = "raft-server",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "One node of a Raft cluster that speaks the etcd v3 API.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ended after SIGTERM, or at the end of standard input with --exit-with-stdin",
      "4:something around the server keeps it from starting: a port, the data directory",
      "5:the log is corrupt",
      "254:bad arguments or configuration",
      "255:a fault of the server's own, or a disk that failed under it"
    })
final class ServerOptions {

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "n1",
      description = "This node's name (default: ${DEFAULT-VALUE}).")
  private String name = "";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where term, vote and log are kept.")
  private @Nullable Path dataDir;

  @Option(
      names = "--listen-client",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:2379",
      converter = HostPortConverter.class,
      description = "Where clients are served (default: ${DEFAULT-VALUE}).")
  private @Nullable HostPort listenClient;

  @Option(
      names = "--listen-peer",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:2380",
      converter = HostPortConverter.class,
      description = "Where peers are listened to (default: ${DEFAULT-VALUE}).")
  private @Nullable HostPort listenPeer;

  @Option(
      names = "--listen-metrics",
      paramLabel = "HOST:PORT",
      converter = HostPortConverter.class,
      description = "Where /health and /metrics are served (default: nowhere).")
  private @Nullable HostPort listenMetrics;

  @Option(
      names = "--initial-cluster",
      paramLabel = "NAME=HOST:PORT,...",
      converter = AddressesConverter.class,
      description =
          "Every member and where this node reaches it (default: this node alone). Addresses may be "
              + "those of proxies, and differ from node to node; names may not.")
  private @Nullable Addresses initialCluster;

  @Option(
      names = "--client-addresses",
      paramLabel = "NAME=HOST:PORT,...",
      converter = AddressesConverter.class,
      description =
          "Where clients reach the other members, for the list of members (default: not told).")
  private @Nullable Addresses clientAddresses;

  @Option(
      names = "--cluster-token",
      paramLabel = "TOKEN",
      defaultValue = "etcd-cluster",
      description =
          "Tells this cluster from others; nodes of another token are refused "
              + "(default: ${DEFAULT-VALUE}).")
  private String clusterToken = "";

  @Option(
      names = "--heartbeat-interval",
      paramLabel = "MS",
      defaultValue = "100",
      description = "How often a leader speaks up (default: ${DEFAULT-VALUE} ms).")
  private int heartbeatMillis;

  @Option(
      names = "--election-timeout",
      paramLabel = "MS",
      defaultValue = "1000",
      description = "After how long without a leader a node stands (default: ${DEFAULT-VALUE} ms).")
  private int electionMillis;

  @Option(
      names = "--deviation",
      paramLabel = "BUG",
      description = "Show a known bug of real systems, on purpose.")
  private @Nullable String deviation;

  @Option(
      names = "--exit-with-stdin",
      description =
          "End when standard input ends, and not by SIGINT; on Linux, be killed when the thread that "
              + "started this process ends.")
  private boolean exitWithStdin;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "info",
      converter = LevelConverter.class,
      description = "error, warn, info, debug or trace (default: ${DEFAULT-VALUE}).")
  private Level logLevel = Level.INFO;

  @Option(
      names = "--config-file",
      paramLabel = "FILE",
      description =
          "A file of these options, one 'key: value' a line; the command line outranks it.")
  @SuppressWarnings("unused") // Declared for the help; read before all others, by Arguments.
  private @Nullable Path configFile;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Print this and exit.")
  @SuppressWarnings("unused") // Declared for the help; asked for through the parser.
  private boolean help;

  /** Returns what was said, checked. */
  ServerConfig toConfig() throws ConfigException {
    if (dataDir == null) {
      throw new ConfigException("--data-dir must be given");
    }
    if (listenClient == null || listenPeer == null) {
      throw new ConfigException("--listen-client and --listen-peer must not be empty");
    }
    NodeId self = new NodeId(name);
    SortedMap<NodeId, HostPort> members =
        initialCluster == null ? new TreeMap<>(Map.of(self, listenPeer)) : initialCluster.byNode();
    return new ServerConfig(
            self,
            dataDir,
            listenClient,
            listenPeer,
            listenMetrics,
            members,
            clientAddresses == null ? new TreeMap<>() : clientAddresses.byNode(),
            clusterToken,
            Duration.ofMillis(heartbeatMillis),
            Duration.ofMillis(electionMillis),
            deviation,
            exitWithStdin,
            logLevel)
        .checked();
  }

  /** Addresses by the names of nodes. */
  record Addresses(SortedMap<NodeId, HostPort> byNode) {

    static Addresses parse(String text) {
      SortedMap<NodeId, HostPort> byNode = new TreeMap<>();
      for (String part : text.split(",", -1)) {
        int equals = part.indexOf('=');
        if (equals <= 0) {
          throw new IllegalArgumentException("'" + part + "' is not of the form name=host:port");
        }
        NodeId id = new NodeId(part.substring(0, equals).strip());
        if (byNode.put(id, HostPort.parse(part.substring(equals + 1).strip())) != null) {
          throw new IllegalArgumentException("'" + id + "' is given twice");
        }
      }
      return new Addresses(byNode);
    }
  }

  private static final class HostPortConverter implements ITypeConverter<HostPort> {

    @Override
    public HostPort convert(String text) {
      try {
        return HostPort.parse(text);
      } catch (IllegalArgumentException e) {
        throw conversionError(e);
      }
    }
  }

  private static final class AddressesConverter implements ITypeConverter<Addresses> {

    @Override
    public Addresses convert(String text) {
      try {
        return Addresses.parse(text);
      } catch (IllegalArgumentException e) {
        throw conversionError(e);
      }
    }
  }

  private static final class LevelConverter implements ITypeConverter<Level> {

    @Override
    public Level convert(String text) {
      Level level = Level.toLevel(text, null);
      if (level == null) {
        throw new TypeConversionException(
            "'" + text + "' is not one of error, warn, info, debug, trace");
      }
      return level;
    }
  }

  private static TypeConversionException conversionError(IllegalArgumentException e) {
    return new TypeConversionException(String.valueOf(e.getMessage()));
  }
}
