package dev.faultline.harness.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EtcdStatusProbeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Server server;
  private volatile String version = "3.5.16";

  @BeforeEach
  void serve() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(
                new MaintenanceGrpc.MaintenanceImplBase() {
                  @Override
                  public void status(
                      StatusRequest request, StreamObserver<StatusResponse> observer) {
                    observer.onNext(
                        StatusResponse.newBuilder()
                            .setHeader(ResponseHeader.newBuilder().setMemberId(5))
                            .setVersion(version)
                            .setRaftTerm(7)
                            .setRaftAppliedIndex(41)
                            .build());
                    observer.onCompleted();
                  }
                })
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  @Test
  void tellsTheVersionThatANodeTells() {
    assertThat(probe().version("n1", PATIENCE))
        .succeedsWithin(PATIENCE)
        .isEqualTo(Optional.of("3.5.16"));
  }

  @Test
  void anEmptyVersionIsNone() {
    version = "";
    assertThat(probe().version("n1", PATIENCE))
        .succeedsWithin(PATIENCE)
        .isEqualTo(Optional.empty());
  }

  @Test
  void tellsHowANodeStands() {
    assertThat(probe().status("n1", PATIENCE))
        .succeedsWithin(PATIENCE)
        .satisfies(status -> {
          assertThat(status.term()).isEqualTo(7);
          assertThat(status.appliedIndex()).isEqualTo(41);
          assertThat(status.claimsLeadership()).isFalse();
        });
  }

  @Test
  void aNodeThatIsNotThereDoesNotAnswer() {
    EtcdStatusProbe probe = probe();
    server.shutdownNow();
    assertThat(probe.version("n1", PATIENCE)).failsWithin(PATIENCE);
    assertThat(probe.version("n9", PATIENCE)).failsWithin(PATIENCE);
  }

  private EtcdStatusProbe probe() {
    return new EtcdStatusProbe(Map.of("n1", endpoint()));
  }

  private InetSocketAddress endpoint() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
  }
}
