package dev.faultline.harness.cli;

import dev.faultline.harness.EnvironmentException;
import dev.faultline.harness.system.Launch;
import dev.faultline.harness.system.NodeAddresses;
import dev.faultline.harness.system.SystemOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The bundled server, but the first node that is ever started finds its port taken. */
public final class UnluckySystem extends DisguisedRaft {

  private static final String SCRIPT =
      "mkdir -p \"$0\"; if mkdir \"$0/unlucky\" 2>/dev/null; "
          + "then echo 'address already in use: 127.0.0.1:1'; exit 4; fi; exec \"$@\"";

  @Override
  public String name() {
    return "unlucky";
  }

  @Override
  public Launch process(NodeAddresses node, SystemOptions options) throws EnvironmentException {
    Path shared =
        Objects.requireNonNull(
            Objects.requireNonNull(Path.of(node.dataDirectory()).getParent()).getParent());
    List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, shared.toString()));
    command.addAll(super.process(node, options).words());
    return Launch.of(command);
  }
}
