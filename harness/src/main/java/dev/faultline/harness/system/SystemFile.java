package dev.faultline.harness.system;

import dev.faultline.nemeses.NearestName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads systems from YAML files: a system that speaks a known API needs no class, only a program or
 * an image; see the package's description for an example.
 *
 * <table>
 *   <caption>The keys</caption>
 *   <tr><td>{@code name}<td>what it is called; required
 *   <tr><td>{@code description}<td>one line that says what it is
 *   <tr><td>{@code image}<td>what its containers are made of
 *   <tr><td>{@code entry-point}<td>replaces the image's own, a list of words
 *   <tr><td>{@code data}<td>the directory of a container's data, {@code /data} unless said
 *   <tr><td>{@code program}<td>for processes: a name on the path, or a path seen from the file;
 *       or a list, whose other words come before the arguments
 *   <tr><td>{@code arguments}<td>a list of {@linkplain Template templates}
 *   <tr><td>{@code environment}<td>a mapping from names to templates
 *   <tr><td>{@code peers}<td>{@code direct}, {@code addresses} or {@code socks}, see {@link
 *       PeerRouting}; required
 *   <tr><td>{@code ports}<td>a container's {@code client} (2379), {@code peer} (2380) and {@code
 *       metrics}; a system that does not name the last one serves no metrics
 *   <tr><td>{@code health}<td>a path that answers 2xx over HTTP when the node is fit to serve, on
 *       the metrics port if there is one, else on the client port; or {@code tcp}, which is the
 *       default: the client port accepts connections
 *   <tr><td>{@code peer-health}<td>a path that gets any answer over HTTP on the peer port; or {@code
 *       tcp}, which is the default: the node answers, or hangs up on, what it does not understand
 *   <tr><td>{@code api}<td>{@code etcd-v3}, the default
 *   <tr><td>{@code client}<td>instead of an API, the name of a {@link SystemDriver}'s class
 * </table>
 */
public final class SystemFile {

  private static final int STANDARD_CLIENT_PORT = 2379;
  private static final int STANDARD_PEER_PORT = 2380;
  private static final String STANDARD_DATA = "/data";
  private static final int HIGHEST_PORT = 65_535;
  private static final String SOCKS = "socks";
  private static final String METRICS = "metrics";

  private final Path file;
  private final PlacedReader keys;
  private final PlacedReader ports;
  private final ClassLoader loader;

  private SystemFile(Path file, ClassLoader loader) throws IOException, SystemFileException {
    this.file = file;
    this.loader = loader;
    this.keys = new PlacedReader(Placed.read(file), "a system", SystemKey.words());
    this.ports =
        new PlacedReader(
            keys.value(SystemKey.PORTS.word())
                .orElseGet(() -> new Placed.Mapping(file.toString(), Map.of())),
            "'ports'",
            List.of("client", "peer", METRICS));
  }

  /** Tells whether {@code system}, as users write it, is a file rather than a name. */
  public static boolean isNamedBy(String system) {
    return system.endsWith(".yaml") || system.endsWith(".yml");
  }

  /**
   * Reads {@code file}.
   *
   * @param loader where a client class is looked for
   * @throws IOException if the file cannot be read
   * @throws SystemFileException if it describes no system
   */
  public static SystemUnderTest read(Path file, ClassLoader loader)
      throws IOException, SystemFileException {
    return new SystemFile(file, loader).system();
  }

  private SystemUnderTest system() throws SystemFileException {
    Placed.Text name = keys.required(SystemKey.NAME.word(), "what is the system called?");
    if (!name.value().matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw wrong(name, "'" + name.value() + "' is no name; use letters, digits, dot, dash");
    }
    List<String> program = words(SystemKey.PROGRAM);
    Optional<ContainerImage> image = image();
    if (image.isEmpty() && program.isEmpty()) {
      throw keys.wrong("a system needs an 'image' or a 'program', or both");
    }
    PeerRouting routing = routing();
    List<Template> arguments = new ArrayList<>();
    for (Placed.Text argument : keys.list(SystemKey.ARGUMENTS.word())) {
      arguments.add(template(argument, routing));
    }
    Map<String, Template> environment = environment(routing);
    checkSocksIsUsed(routing, arguments, environment);
    return new DescribedSystem(
        name.value(),
        keys.text(SystemKey.DESCRIPTION.word())
            .map(Placed.Text::value)
            .orElse("described in " + file),
        image,
        program,
        Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/")),
        arguments,
        environment,
        routing,
        servesMetrics(),
        lifeSign(SystemKey.HEALTH),
        lifeSign(SystemKey.PEER_HEALTH),
        driver());
  }

  private Optional<ContainerImage> image() throws SystemFileException {
    int client = port("client").orElse(STANDARD_CLIENT_PORT);
    int peer = port("peer").orElse(STANDARD_PEER_PORT);
    int metrics = port(METRICS).orElse(client);
    String data = keys.text(SystemKey.DATA.word()).map(Placed.Text::value).orElse(STANDARD_DATA);
    List<String> entryPoint = words(SystemKey.ENTRY_POINT);
    return keys.text(SystemKey.IMAGE.word())
        .map(image ->
            new ContainerImage(
                image.value(), Optional.empty(), entryPoint, client, peer, metrics, data));
  }

  private OptionalInt port(String name) throws SystemFileException {
    Optional<Placed.Text> text = ports.text(name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    String digits = text.get().value();
    if (!digits.matches("\\d{1,5}")
        || Integer.parseInt(digits) < 1
        || Integer.parseInt(digits) > HIGHEST_PORT) {
      throw wrong(text.get(), "'" + digits + "' is no port between 1 and " + HIGHEST_PORT);
    }
    return OptionalInt.of(Integer.parseInt(digits));
  }

  private boolean servesMetrics() throws SystemFileException {
    return port(METRICS).isPresent();
  }

  private List<String> words(SystemKey key) throws SystemFileException {
    return keys.list(key.word()).stream().map(Placed.Text::value).toList();
  }

  private PeerRouting routing() throws SystemFileException {
    Placed.Text text =
        keys.required(
            SystemKey.PEERS.word(),
            "how do nodes find their peers? 'addresses': each is told an address of its own for"
                + " every peer; 'socks': they dial through a SOCKS5 proxy; 'direct': neither");
    return Arrays.stream(PeerRouting.values())
        .filter(routing -> routing.word().equals(text.value()))
        .findFirst()
        .orElseThrow(() ->
            noneOf(text, Arrays.stream(PeerRouting.values()).map(PeerRouting::word).toList()));
  }

  private Map<String, Template> environment(PeerRouting routing) throws SystemFileException {
    Map<String, Template> environment = new LinkedHashMap<>();
    Optional<Placed> said = keys.value(SystemKey.ENVIRONMENT.word());
    if (said.isPresent()) {
      Map<String, Placed.Text> texts = PlacedReader.free(said.get(), "'environment'").texts();
      for (Map.Entry<String, Placed.Text> entry : texts.entrySet()) {
        environment.put(entry.getKey(), template(entry.getValue(), routing));
      }
    }
    return environment;
  }

  private Template template(Placed.Text text, PeerRouting routing) throws SystemFileException {
    Template template = Template.of(text);
    for (String variable : template.variables()) {
      if (variable.equals(SOCKS) && routing != PeerRouting.SOCKS) {
        throw wrong(text, "'{socks}' needs 'peers: socks'");
      }
      if (variable.startsWith(METRICS) && !servesMetrics()) {
        throw wrong(text, "'{" + variable + "}' needs 'metrics' among the 'ports'");
      }
    }
    return template;
  }

  /** Nodes that are not told of their proxy could not be cut off, and no fault would show. */
  private void checkSocksIsUsed(
      PeerRouting routing, List<Template> arguments, Map<String, Template> environment)
      throws SystemFileException {
    boolean used =
        arguments.stream().anyMatch(template -> template.variables().contains(SOCKS))
            || environment.values().stream()
                .anyMatch(template -> template.variables().contains(SOCKS));
    if (routing == PeerRouting.SOCKS && !used) {
      throw keys.wrong(
          "with 'peers: socks' the nodes must be told of their proxy: use {socks:ADDRESS} in an"
              + " argument or the environment");
    }
  }

  private LifeSign lifeSign(SystemKey key) throws SystemFileException {
    Optional<Placed.Text> text = keys.text(key.word());
    if (text.isEmpty() || text.get().value().equals(LifeSign.TCP)) {
      return new LifeSign.Tcp();
    }
    if (!text.get().value().matches("/\\S*")) {
      throw wrong(
          text.get(),
          "'" + text.get().value() + "' is neither 'tcp' nor a path that begins with a slash");
    }
    return new LifeSign.Http(text.get().value());
  }

  private SystemDriver driver() throws SystemFileException {
    Optional<Placed.Text> api = keys.text(SystemKey.API.word());
    Optional<Placed.Text> client = keys.text(SystemKey.CLIENT.word());
    if (api.isPresent() && client.isPresent()) {
      throw wrong(client.get(), "say 'api' or 'client', not both");
    }
    if (client.isPresent()) {
      return Drivers.named(client.get(), loader);
    }
    if (api.isPresent() && !api.get().value().equals(Drivers.ETCD_V3)) {
      throw wrong(
          api.get(),
          noneOf(api.get(), List.of(Drivers.ETCD_V3)).what()
              + "; another one needs a 'client' class");
    }
    return new EtcdDriver();
  }

  private static SystemFileException noneOf(Placed.Text text, List<String> words) {
    return wrong(
        text,
        "'"
            + text.value()
            + "' is none of "
            + String.join(", ", words)
            + NearestName.hint(text.value(), words));
  }

  private static SystemFileException wrong(Placed.Text text, String what) {
    return new SystemFileException(text.where(), what);
  }
}
