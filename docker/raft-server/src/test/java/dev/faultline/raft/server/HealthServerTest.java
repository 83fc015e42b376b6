package dev.faultline.raft.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.raft.etcd.ImmediateNode;
import dev.faultline.raft.etcd.KvStateMachine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class HealthServerTest {

  private final ImmediateNode node = new ImmediateNode(new KvStateMachine());

  @Test
  void isHealthyWhileItKnowsALeader() throws Exception {
    try (HealthServer server = start("")) {
      HttpResponse<String> healthy = get(server, "/health");
      assertThat(healthy.statusCode()).isEqualTo(200);
      assertThat(healthy.body()).isEqualTo("{\"health\":\"true\",\"reason\":\"\"}");
      node.loseLeader();
      HttpResponse<String> sick = get(server, "/health");
      assertThat(sick.statusCode()).isEqualTo(503);
      assertThat(sick.body()).isEqualTo("{\"health\":\"false\",\"reason\":\"RAFT NO LEADER\"}");
    }
  }

  @Test
  void namesAnActiveDeviation() throws Exception {
    try (HealthServer server = start("forget-vote")) {
      assertThat(get(server, "/health").body()).contains("\"deviation\":\"forget-vote\"");
    }
  }

  @Test
  void servesMetrics() throws Exception {
    try (HealthServer server = start("")) {
      HttpResponse<String> metrics = get(server, "/metrics");
      assertThat(metrics.body()).isEqualTo("some_metric 1\n");
      assertThat(metrics.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/plain; version=0.0.4");
    }
  }

  private HealthServer start(String deviation) throws Exception {
    return HealthServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        node::status,
        () -> "some_metric 1\n",
        deviation);
  }

  private static HttpResponse<String> get(HealthServer server, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
