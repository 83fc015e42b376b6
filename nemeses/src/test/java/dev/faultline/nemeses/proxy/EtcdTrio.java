package dev.faultline.nemeses.proxy;

import dev.faultline.nemeses.Link;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three etcd processes that reach one another only through fronts and link proxies. Each is told
 * its peers by names that do not exist. The processes die with the thread that started them.
 */
final class EtcdTrio implements AutoCloseable {

  static final List<String> NODES = List.of("n1", "n2", "n3");

  /**
   * How a node stands.
   *
   * @param leader the name of the node that it takes for the leader, or empty
   * @param term the term of the last entry that it applied, for etcd 3.4 tells no other
   */
  record View(String node, String leader, long term) {}

  private final Path directory;
  private final Map<String, Integer> clientPorts = new LinkedHashMap<>();
  private final Map<String, String> namesByMemberId = new LinkedHashMap<>();
  private final List<Process> processes = new ArrayList<>();
  private final List<AutoCloseable> network = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final JsonMapper json = new JsonMapper();
  final LinkProxies links;

  EtcdTrio(Path directory) throws IOException {
    this.directory = directory;
    ToxiproxyServer server = ToxiproxyServer.start(0);
    links = new LinkProxies(ProxySite.local(server), Carriage.EITHER_DIALS, 1);
    network.add(links);
    network.add(server);
    try {
      start();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  static boolean onPath(String program) {
    return Stream.of(
            Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private void start() throws IOException {
    Map<String, Integer> peerPorts = new LinkedHashMap<>();
    List<Integer> free = freePorts(2 * NODES.size());
    for (String node : NODES) {
      peerPorts.put(node, free.removeFirst());
      clientPorts.put(node, free.removeFirst());
    }
    Map<Link, InetSocketAddress> upstreams = new LinkedHashMap<>();
    for (String from : NODES) {
      peerPorts.forEach((to, port) -> {
        if (!to.equals(from)) {
          upstreams.put(new Link(from, to), loopback(port));
        }
      });
    }
    Map<Link, InetSocketAddress> dialled = links.create(upstreams).toCompletableFuture().join();
    for (String node : NODES) {
      SocksFront front = SocksFront.start(loopback(0), asked -> route(dialled, node, asked.host()));
      network.add(front);
      int peerPort = Objects.requireNonNull(peerPorts.get(node));
      processes.add(launch(node, peerPort, front.address().getPort()));
    }
  }

  private static Optional<InetSocketAddress> route(
      Map<Link, InetSocketAddress> dialled, String from, String host) {
    return NODES.stream()
        .filter(to -> host.equals(to + ".test") && !to.equals(from))
        .findFirst()
        .map(to -> Objects.requireNonNull(dialled.get(new Link(from, to))));
  }

  private Process launch(String node, int peerPort, int frontPort) throws IOException {
    List<String> command = new ArrayList<>();
    if (onPath("setpriv")) {
      command.addAll(List.of("setpriv", "--pdeathsig", "KILL"));
    }
    String client = "http://127.0.0.1:" + clientPorts.get(node);
    command.addAll(
        List.of(
            "etcd",
            "--name=" + node,
            "--data-dir=" + directory.resolve(node),
            "--listen-peer-urls=http://127.0.0.1:" + peerPort,
            "--initial-advertise-peer-urls=http://" + node + ".test:2380",
            "--listen-client-urls=" + client,
            "--advertise-client-urls=" + client,
            "--initial-cluster="
                + NODES.stream()
                    .map(n -> n + "=http://" + n + ".test:2380")
                    .collect(Collectors.joining(","))));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(node + ".log").toFile());
    builder.environment().keySet().removeIf(key -> key.toUpperCase(Locale.ROOT).endsWith("_PROXY"));
    builder.environment().put("HTTP_PROXY", "socks5://127.0.0.1:" + frontPort);
    return builder.start();
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Ports below the ephemeral ranges, so that no outgoing connection takes one meanwhile. */
  private static List<Integer> freePorts(int count) {
    return new SplittableRandom()
        .ints(10_000, 32_000)
        .distinct()
        .filter(EtcdTrio::isFree)
        .limit(count)
        .boxed()
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks a node how it stands; nothing if it does not answer. */
  Optional<View> view(String node) {
    URI uri = URI.create("http://127.0.0.1:" + clientPorts.get(node) + "/v3/maintenance/status");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(2))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode status = json.readTree(response.body());
      if (response.statusCode() != 200 || !status.path("header").has("raft_term")) {
        return Optional.empty();
      }
      namesByMemberId.put(status.path("header").path("member_id").asString(), node);
      String leader = status.path("leader").asString("0");
      return Optional.of(
          new View(
              node,
              leader.equals("0") ? "" : namesByMemberId.getOrDefault(leader, "?"),
              Long.parseLong(status.path("header").path("raft_term").asString())));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Ends a wait for what can never come, with what the dead node said last. */
  void requireAlive() {
    for (int i = 0; i < processes.size(); i++) {
      if (!processes.get(i).isAlive()) {
        throw new IllegalStateException(NODES.get(i) + " has ended: " + lastWords(NODES.get(i)));
      }
    }
  }

  /** The last lines of a node's log. */
  String lastWords(String node) {
    try {
      List<String> lines = Files.readAllLines(directory.resolve(node + ".log"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The leader on which all of {@code nodes} agree, in one term, if they do. */
  Optional<String> agreedLeader(List<String> nodes) {
    List<View> views = nodes.stream().flatMap(node -> view(node).stream()).toList();
    boolean agreed =
        views.size() == nodes.size()
            && views.stream().map(View::leader).distinct().count() == 1
            && views.stream().map(View::term).distinct().count() == 1
            && NODES.contains(views.getFirst().leader());
    return agreed ? Optional.of(views.getFirst().leader()) : Optional.empty();
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.destroyForcibly();
    }
    for (AutoCloseable part : network.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    for (Process process : processes) {
      process.onExit().join();
    }
    http.close();
  }
}
