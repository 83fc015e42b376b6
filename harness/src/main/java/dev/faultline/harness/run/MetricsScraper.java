package dev.faultline.harness.run;

import dev.faultline.harness.loop.Scheduler;
import dev.faultline.harness.system.NodeAddresses;
import dev.faultline.results.compare.MetricsCollector;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks every node for its metrics once a second while a run goes on, and tells a collector what it
 * said, or that it said nothing. Questions are asked on the loop, answers read elsewhere.
 */
final class MetricsScraper implements AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(1);

  /** Less than the time between two questions, so that a node is never asked twice at once. */
  private static final Duration ANSWER_WITHIN = Duration.ofMillis(900);

  private static final int STATUS_OK = 200;

  private final Scheduler scheduler;
  private final MetricsCollector collector;
  private final Map<String, URI> nodes = new LinkedHashMap<>();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
  private boolean stopped;

  MetricsScraper(
      Scheduler scheduler, Map<String, InetSocketAddress> endpoints, MetricsCollector collector) {
    this.scheduler = scheduler;
    this.collector = collector;
    endpoints.forEach((node, address) ->
        nodes.put(node, URI.create("http://" + NodeAddresses.text(address) + "/metrics")));
  }

  /** Begins to ask. Call it from any thread. */
  void start() {
    scheduler.post(this::askAll);
  }

  private void askAll() {
    if (stopped) {
      return;
    }
    nodes.forEach(this::ask);
    scheduler.after(EVERY.toNanos(), this::askAll);
  }

  private void ask(String node, URI uri) {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(ANSWER_WITHIN).build();
    long runNanos = scheduler.nowNanos();
    long askedNanos = System.nanoTime();
    var _ =
        http.sendAsync(request, BodyHandlers.ofString())
            .orTimeout(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS) // The body too.
            .whenComplete(
                (response, _) -> take(node, runNanos + System.nanoTime() - askedNanos, response));
  }

  /** Not on the loop: reading thousands of lines there would make operations look slow. */
  private void take(String node, long timeNanos, @Nullable HttpResponse<String> response) {
    if (response != null && response.statusCode() == STATUS_OK) {
      collector.answered(timeNanos, node, response.body());
    } else {
      collector.silent(timeNanos, node);
    }
  }

  /** Stops asking; what is still on its way is not waited for. */
  @Override
  public void close() {
    scheduler.post(() -> stopped = true);
    http.shutdownNow();
  }
}
