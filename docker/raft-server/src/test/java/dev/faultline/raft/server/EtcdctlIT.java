package dev.faultline.raft.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** etcd's own command line against one server. Skipped where there is no {@code etcdctl}. */
@Timeout(120)
class EtcdctlIT {

  @TempDir Path dir;

  private ServerProcess server;
  private String endpoint = "";

  @BeforeEach
  void start() throws Exception {
    assumeTrue(hasEtcdctl(), "no etcdctl on the path (Debian: apt-get install etcd-client)");
    server =
        ServerProcess.start(
            List.of(
                "--data-dir=" + dir,
                "--listen-client=127.0.0.1:0",
                "--listen-peer=127.0.0.1:0",
                "--exit-with-stdin"));
    endpoint = server.awaitReady().toString();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void putsGetsAndDeletes() throws Exception {
    assertThat(etcdctl("", "put", "a", "1")).isEqualTo("OK\n");
    assertThat(etcdctl("", "put", "ab", "2")).isEqualTo("OK\n");
    assertThat(etcdctl("", "put", "--prev-kv", "a", "3")).isEqualTo("OK\na\n1\n");
    assertThat(etcdctl("", "get", "a")).isEqualTo("a\n3\n");
    assertThat(etcdctl("", "get", "--prefix", "a")).isEqualTo("a\n3\nab\n2\n");
    assertThat(etcdctl("", "get", "--prefix", "--order=DESCEND", "--keys-only", "a"))
        .isEqualTo("ab\n\na\n\n");
    assertThat(etcdctl("", "get", "--from-key", "--limit=1", "aa")).isEqualTo("ab\n2\n");
    assertThat(etcdctl("", "del", "--prefix", "a")).isEqualTo("2\n");
    assertThat(etcdctl("", "get", "--prefix", "")).isEmpty();
  }

  @Test
  void carriesOutTransactions() throws Exception {
    String create = "version(\"k\") = \"0\"\n\nput k v\n\nget k\n\n";
    assertThat(etcdctl(create, "txn")).contains("SUCCESS").contains("OK");
    assertThat(etcdctl(create, "txn")).contains("FAILURE").contains("k\nv");
  }

  @Test
  void tellsHowTheServerStands() throws Exception {
    etcdctl("", "put", "a", "1");
    assertThat(etcdctl("", "endpoint", "status", "-w", "fields"))
        .contains("\"Version\" : \"3.5.0\"")
        .contains("\"RaftTerm\" : 1")
        .contains("\"Revision\" : 2");
    assertThat(etcdctl("", "endpoint", "health")).contains("is healthy");
    assertThat(etcdctl("", "member", "list")).contains("started, n1, http://127.0.0.1:0");
  }

  private static boolean hasEtcdctl() throws InterruptedException {
    try {
      return new ProcessBuilder("etcdctl", "version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private String etcdctl(String input, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("etcdctl", "--endpoints=" + endpoint, "--command-timeout=30s"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("ETCDCTL_API", "3");
    Process process = builder.start();
    try (var stdin = process.outputWriter()) {
      stdin.write(input);
    }
    String output =
        String.join("", process.inputReader().lines().map(line -> line + "\n").toList());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
