package dev.faultline.harness.system;

import dev.faultline.workloads.client.ClientFactory;
import dev.faultline.workloads.jetcd.JetcdClientFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/** Speaks to whatever serves the etcd v3 API. */
final class EtcdDriver implements SystemDriver {

  @Override
  public ClientFactory clients(Map<String, InetSocketAddress> endpoints, Duration timeout) {
    return new JetcdClientFactory(endpoints, timeout);
  }

  @Override
  public boolean tellsStatus() {
    return true;
  }

  @Override
  public SystemUnderTest.StatusProbe statusProbe(Map<String, InetSocketAddress> endpoints) {
    return new EtcdStatusProbe(endpoints);
  }
}
