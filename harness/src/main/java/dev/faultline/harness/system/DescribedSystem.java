package dev.faultline.harness.system;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.workloads.client.ClientFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A system that a {@linkplain SystemFile file} describes.
 *
 * @param name what it is called
 * @param description one line that says what it is
 * @param image what its containers are made of
 * @param program its program and the words that always follow it; empty if there is none
 * @param directory what a program with a slash in its name is found from
 * @param arguments what follows the program, or the image's entry point
 * @param environment what is added to the environment
 * @param peerRouting how a node finds its peers
 * @param servesMetrics whether a node has a metrics port
 * @param health how a node shows that it is fit to serve
 * @param peerHealth how a node shows its peers that it is there
 * @param driver how it is spoken to
 */
record DescribedSystem(
    String name,
    String description,
    Optional<ContainerImage> image,
    List<String> program,
    Path directory,
    List<Template> arguments,
    Map<String, Template> environment,
    PeerRouting peerRouting,
    boolean servesMetrics,
    LifeSign health,
    LifeSign peerHealth,
    SystemDriver driver)
    implements SystemUnderTest {

  DescribedSystem {
    program = List.copyOf(program);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  @Override
  public Launch process(NodeAddresses node, SystemOptions options) throws EnvironmentException {
    List<String> words = new ArrayList<>();
    if (program.isEmpty()) {
      words.add(unnamedProgram(options));
    } else {
      String first = program.getFirst();
      words.add(
          new Program(
                  first.contains("/") ? directory.resolve(first).toString() : first,
                  "see its own documentation")
              .find(options));
      words.addAll(program.subList(1, program.size()));
    }
    words.addAll(filledIn(node, options));
    return new Launch(words, environment(node, options));
  }

  private String unnamedProgram(SystemOptions options) throws EnvironmentException {
    String named =
        options
            .program()
            .orElseThrow(() ->
                new EnvironmentException(
                    name + " names no program to start as a process",
                    "Add 'program' to its file, name one with --program, or use --cluster"
                        + " docker."));
    return new Program(named, "see its own documentation").find(options);
  }

  @Override
  public Optional<ContainerImage> image(SystemOptions options) {
    return image.map(own -> options.image().map(own::withReference).orElse(own));
  }

  @Override
  public Launch container(NodeAddresses node, SystemOptions options) {
    return new Launch(filledIn(node, options), environment(node, options));
  }

  private List<String> filledIn(NodeAddresses node, SystemOptions options) {
    return arguments.stream().map(argument -> argument.fillIn(node, options)).toList();
  }

  private Map<String, String> environment(NodeAddresses node, SystemOptions options) {
    Map<String, String> filled = new HashMap<>();
    environment.forEach((key, value) -> filled.put(key, value.fillIn(node, options)));
    return filled;
  }

  @Override
  public ClientFactory clients(Map<String, InetSocketAddress> endpoints, Duration timeout) {
    return driver.clients(endpoints, timeout);
  }

  @Override
  public boolean tellsStatus() {
    return driver.tellsStatus();
  }

  @Override
  public StatusProbe statusProbe(Map<String, InetSocketAddress> endpoints) {
    return driver.statusProbe(endpoints);
  }

  @Override
  public CompletionStage<Void> checkHealth(
      InetSocketAddress client, Optional<InetSocketAddress> metrics, Duration timeout) {
    return health.check(client, metrics, timeout);
  }

  @Override
  public CompletionStage<Long> probePeer(
      InetSocketAddress address, int payloadBytes, Duration timeout) {
    return peerHealth.probe(address, payloadBytes, timeout);
  }
}
