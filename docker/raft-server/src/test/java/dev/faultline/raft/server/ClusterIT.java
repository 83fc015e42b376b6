package dev.faultline.raft.server;

import static com.google.protobuf.ByteString.copyFromUtf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three processes, real disks, real sockets, real kills. */
@Timeout(180)
class ClusterIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path dir;

  private ProcessCluster cluster;

  @BeforeEach
  void start() throws Exception {
    cluster = new ProcessCluster(dir, 3);
    cluster.startAll();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void losesNothingWhenItsLeaderIsKilledNorWhenAllAre() throws Exception {
    String first = awaitLeader();
    List<String> followers = cluster.nodes().stream().filter(node -> !node.equals(first)).toList();
    put(followers.get(0), "through-a-follower", "1");
    assertThat(get(followers.get(1), "through-a-follower", false)).isEqualTo("1");

    cluster.kill(first);
    String second = awaitLeader();
    assertThat(second).isNotEqualTo(first);
    put(followers.get(0), "without-the-first", "2");
    assertThat(get(followers.get(1), "through-a-follower", false)).isEqualTo("1");
    assertThat(get(followers.get(1), "without-the-first", false)).isEqualTo("2");

    cluster.start(first);
    cluster.process(first).awaitReady();
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
        .until(() -> get(first, "without-the-first", true).equals("2"));

    for (String node : cluster.nodes()) {
      cluster.kill(node);
    }
    cluster.startAll();
    awaitLeader();
    assertThat(get(first, "through-a-follower", false)).isEqualTo("1");
    assertThat(get(first, "without-the-first", false)).isEqualTo("2");
  }

  private String awaitLeader() {
    return await().atMost(PATIENCE).until(cluster::leader, leader -> !leader.isEmpty());
  }

  private void put(String node, String key, String value) {
    cluster
        .kv(node)
        .put(
            PutRequest.newBuilder()
                .setKey(copyFromUtf8(key))
                .setValue(copyFromUtf8(value))
                .build());
  }

  private String get(String node, String key, boolean serializable) {
    return cluster
        .kv(node)
        .range(
            RangeRequest.newBuilder()
                .setKey(copyFromUtf8(key))
                .setSerializable(serializable)
                .build())
        .getKvsList()
        .stream()
        .map(keyValue -> keyValue.getValue().toStringUtf8())
        .findFirst()
        .orElse("");
  }
}
