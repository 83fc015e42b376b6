package dev.faultline.harness.system;

import dev.faultline.nemeses.NearestName;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Every system under test on the class path, and in plugins. */
public final class Systems {

  private final List<SystemUnderTest> all;

  /** Finds every system on the class path. */
  public Systems() {
    this(ServiceLoader.load(SystemUnderTest.class));
  }

  private Systems(ServiceLoader<SystemUnderTest> services) {
    this.all =
        services.stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(SystemUnderTest::name))
            .toList();
  }

  /**
   * Finds every system that {@code loader} sees.
   *
   * @throws SystemFileException if one cannot be made, or two have one name
   */
  public static Systems in(ClassLoader loader) throws SystemFileException {
    Systems systems;
    try {
      systems = new Systems(ServiceLoader.load(SystemUnderTest.class, loader));
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new SystemFileException(
          "plugin", e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause()));
    }
    systems.refuseNamesakes();
    return systems;
  }

  private void refuseNamesakes() throws SystemFileException {
    for (SystemUnderTest system : all) {
      List<SystemUnderTest> namesakes =
          all.stream().filter(other -> other.name().equals(system.name())).toList();
      if (namesakes.size() > 1) {
        throw new SystemFileException(
            "plugin",
            namesakes.size()
                + " systems are called '"
                + system.name()
                + "': "
                + namesakes.stream()
                    .map(one -> one.getClass().getName())
                    .collect(Collectors.joining(", ")));
      }
    }
  }

  /** Returns every system, by name. */
  public List<SystemUnderTest> all() {
    return all;
  }

  /**
   * Returns the system called {@code name}.
   *
   * @throws IllegalArgumentException if there is none; says which there are
   */
  public SystemUnderTest named(String name) {
    List<String> names = all.stream().map(SystemUnderTest::name).toList();
    return all.stream()
        .filter(system -> system.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no system is called '"
                    + name
                    + "'"
                    + NearestName.hint(name, names)
                    + " There is: "
                    + String.join(", ", names)
                    + ", or a file whose name ends with .yaml"));
  }
}
