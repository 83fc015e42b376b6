package dev.faultline.harness.cli;

/** A disguise of the bundled server that plugins in other packages can extend. */
public abstract class PluggableRaft extends DisguisedRaft {

  private final String name;

  protected PluggableRaft(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }
}
