package dev.faultline.harness.system;

import dev.faultline.nemeses.NearestName;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Every system under test on the class path. */
public final class Systems {

  private final List<SystemUnderTest> all;

  /** Finds every system. */
  public Systems() {
    this.all =
        ServiceLoader.load(SystemUnderTest.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(SystemUnderTest::name))
            .toList();
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
                    + String.join(", ", names)));
  }
}
