package dev.faultline.raft.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.faultline.raft.core.RaftStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves {@code /health} and {@code /metrics} over HTTP, as etcd does.
 *
 * <p>Healthy is who knows a leader. The body is etcd's; an active deviation is named in it as well,
 * so that nobody takes a server that is broken on purpose for a sound one.
 */
final class HealthServer implements AutoCloseable {

  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String JSON = "application/json";

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  private HealthServer(HttpServer server) {
    this.server = server;
    server.setExecutor(executor);
  }

  /**
   * Starts to serve.
   *
   * @param deviation the name of the active deviation, or the empty text
   */
  static HealthServer start(
      InetSocketAddress listen,
      Supplier<RaftStatus> status,
      Supplier<String> metrics,
      String deviation)
      throws IOException {
    HttpServer http = HttpServer.create(listen, 0);
    HealthServer server = new HealthServer(http);
    http.createContext(
        "/health",
        exchange -> {
          boolean healthy = status.get().leader() != null;
          respond(exchange, healthy ? OK : UNAVAILABLE, JSON, health(healthy, deviation));
        });
    http.createContext("/metrics", exchange -> respond(exchange, OK, PROMETHEUS, metrics.get()));
    http.start();
    return server;
  }

  private static String health(boolean healthy, String deviation) {
    String reason = healthy ? "" : "RAFT NO LEADER";
    String named = deviation.isEmpty() ? "" : ",\"deviation\":\"" + deviation + "\"";
    return "{\"health\":\"" + healthy + "\",\"reason\":\"" + reason + "\"" + named + "}";
  }

  private static void respond(HttpExchange exchange, int code, String type, String text)
      throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(code, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Returns where it listens. */
  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.close();
  }
}
