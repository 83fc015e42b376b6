package dev.faultline.harness.cli;

import dev.faultline.harness.system.Launch;
import dev.faultline.harness.system.NodeAddresses;
import dev.faultline.harness.system.SystemOptions;
import java.util.List;

/** A system whose nodes end as soon as they are started. */
public final class StillbornSystem extends DisguisedRaft {

  @Override
  public String name() {
    return "stillborn";
  }

  @Override
  public Launch process(NodeAddresses node, SystemOptions options) {
    return Launch.of(List.of("sh", "-c", "echo no license found; exit 7"));
  }
}
