package dev.faultline.nemeses.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An embedded server of TCP proxies that speaks <a
 * href="https://github.com/Shopify/toxiproxy#http-api">Toxiproxy's HTTP API</a>, so that any of its
 * clients can drive it and a real Toxiproxy can take its place.
 *
 * <p>Supported are all toxics and all calls that the API documents except {@code /metrics}, which
 * Toxiproxy too offers only when asked to. Connections are served by virtual threads. Thread-safe.
 */
public final class ToxiproxyServer implements AutoCloseable {

  private static final String PLAIN = "text/plain; charset=utf-8";

  private final HttpServer http;
  private final ExecutorService workers;
  private final ApiJson json = new ApiJson();
  private final ProxyApi api = new ProxyApi(json);

  private ToxiproxyServer(HttpServer http, ExecutorService workers) {
    this.http = http;
    this.workers = workers;
  }

  /**
   * Starts a server on the loopback address.
   *
   * @param port the port of the API, or 0 for any free one
   * @throws IOException if the port cannot be had
   */
  public static ToxiproxyServer start(int port) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    ExecutorService workers =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("toxiproxy-api-", 0).factory());
    ToxiproxyServer server = new ToxiproxyServer(http, workers);
    http.setExecutor(workers);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  /** Returns the host on which the API listens. */
  public String host() {
    return http.getAddress().getAddress().getHostAddress();
  }

  /** Returns the port on which the API listens. */
  public int port() {
    return http.getAddress().getPort();
  }

  /** Stops listening and closes every connection. Idempotent. */
  @Override
  public void close() {
    http.stop(0);
    workers.shutdownNow();
    api.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String agent = exchange.getRequestHeaders().getFirst("User-Agent");
      if (agent != null && agent.startsWith("Mozilla/")) {
        // A page in a browser must not be able to reach the API across origins.
        send(exchange, 403, PLAIN, "User agent not allowed\n");
        return;
      }
      answer(exchange, body);
    }
  }

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    try {
      ProxyApi.Answer answer =
          api.call(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body);
      send(exchange, answer.status(), answer.contentType(), answer.body());
    } catch (ApiException e) {
      sendError(exchange, e);
    } catch (RuntimeException e) {
      sendError(exchange, new ApiException(500, String.valueOf(e)));
    }
  }

  /** Go's {@code http.Error} makes it plain text and ends it with a newline. */
  private void sendError(HttpExchange exchange, ApiException e) throws IOException {
    send(exchange, e.status(), PLAIN, json.text(json.error(e)) + "\n");
  }

  private static void send(HttpExchange exchange, int status, String contentType, String body)
      throws IOException {
    if (body.isEmpty()) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
