package dev.faultline.nemeses.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statuses, bodies and content types, as a real Toxiproxy answers them. */
class ToxiproxyServerTest {

  private ToxiproxyServer server;
  private HttpClient http;

  @BeforeEach
  void start() throws IOException {
    server = ToxiproxyServer.start(0);
    http = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
  }

  private HttpResponse<String> call(String method, String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private void assertAnswer(String method, String path, String body, int status, String error)
      throws Exception {
    HttpResponse<String> response = call(method, path, body);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body())
        .isEqualTo("{\"error\":\"" + error + "\",\"status\":" + status + "}\n");
    assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
  }

  private static String proxy(String name) {
    return "{\"name\":\"" + name + "\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:1\"}";
  }

  @Test
  void createsAProxyAndResolvesItsPort() throws Exception {
    HttpResponse<String> response = call("POST", "/proxies", proxy("a"));
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.body())
        .matches(
            "\\{\"name\":\"a\",\"listen\":\"127\\.0\\.0\\.1:[1-9]\\d*\","
                + "\"upstream\":\"127\\.0\\.0\\.1:1\",\"enabled\":true,\"toxics\":\\[]}");
    assertThat(call("GET", "/proxies/a", "").body()).isEqualTo(response.body());
    assertThat(call("GET", "/proxies", "").body()).isEqualTo("{\"a\":" + response.body() + "}");
  }

  @Test
  void aClientOfAServerThatRefusesIsReset() throws Exception {
    String created = call("POST", "/proxies", proxy("a")).body();
    int port = Integer.parseInt(created.replaceAll(".*\"127\\.0\\.0\\.1:(\\d{2,})\".*", "$1"));
    assertThatThrownBy(
            () -> {
              try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                var _ = client.getInputStream().read();
              }
            })
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  @Test
  void saysWhatIsWrongWithAProxy() throws Exception {
    call("POST", "/proxies", proxy("a"));
    assertAnswer("POST", "/proxies", proxy("a"), 409, "proxy already exists");
    assertAnswer("POST", "/proxies", "{}", 400, "missing required field: name");
    assertAnswer("POST", "/proxies", "{\"name\":\"b\"}", 400, "missing required field: upstream");
    assertAnswer("GET", "/proxies/nobody", "", 404, "proxy not found");
    assertAnswer("DELETE", "/proxies/nobody", "", 404, "proxy not found");
    assertThat(call("POST", "/proxies", "{").statusCode()).isEqualTo(400);
    assertThat(call("POST", "/proxies", "{").body()).startsWith("{\"error\":\"bad request body: ");
  }

  @Test
  void aPortThatIsTakenIsAServerError() throws Exception {
    String taken = "127.0.0.1:" + server.port();
    HttpResponse<String> response =
        call(
            "POST",
            "/proxies",
            "{\"name\":\"b\",\"listen\":\"" + taken + "\",\"upstream\":\"127.0.0.1:1\"}");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("listen tcp " + taken + ": bind: ");
    assertThat(call("GET", "/proxies/b", "").statusCode()).isEqualTo(404);
  }

  @Test
  void deletesAProxy() throws Exception {
    call("POST", "/proxies", proxy("a"));
    HttpResponse<String> response = call("DELETE", "/proxies/a", "");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(call("GET", "/proxies", "").body()).isEqualTo("{}");
  }

  @Test
  void addsShowsChangesAndRemovesAToxic() throws Exception {
    call("POST", "/proxies", proxy("a"));
    HttpResponse<String> added =
        call(
            "POST",
            "/proxies/a/toxics",
            "{\"type\":\"latency\",\"attributes\":{\"latency\":100,\"jitter\":10}}");
    assertThat(added.statusCode()).isEqualTo(200);
    assertThat(added.body())
        .isEqualTo(
            "{\"attributes\":{\"latency\":100,\"jitter\":10},\"name\":\"latency_downstream\","
                + "\"type\":\"latency\",\"stream\":\"downstream\",\"toxicity\":1.0}");
    assertThat(call("GET", "/proxies/a/toxics", "").body()).isEqualTo("[" + added.body() + "]");
    for (String method : new String[] {"PATCH", "POST"}) {
      assertThat(
              call(
                      method,
                      "/proxies/a/toxics/latency_downstream",
                      "{\"attributes\":{\"latency\":7},\"toxicity\":0.5}")
                  .body())
          .contains("{\"latency\":7,\"jitter\":10}", "\"toxicity\":0.5");
    }
    assertThat(call("DELETE", "/proxies/a/toxics/latency_downstream", "").statusCode())
        .isEqualTo(204);
    assertThat(call("GET", "/proxies/a/toxics", "").body()).isEqualTo("[]");
  }

  @Test
  void saysWhatIsWrongWithAToxic() throws Exception {
    call("POST", "/proxies", proxy("a"));
    String path = "/proxies/a/toxics";
    call("POST", path, "{\"type\":\"timeout\",\"name\":\"t\"}");
    assertAnswer("POST", path, "{\"type\":\"nonsense\"}", 400, "invalid toxic type");
    assertAnswer(
        "POST",
        path,
        "{\"type\":\"timeout\",\"stream\":\"sideways\"}",
        400,
        "stream was invalid, can be either upstream or downstream");
    assertAnswer(
        "POST", path, "{\"type\":\"timeout\",\"name\":\"t\"}", 409, "toxic already exists");
    assertAnswer("GET", path + "/nothing", "", 404, "toxic not found");
    assertAnswer("PATCH", path + "/nothing", "{}", 404, "toxic not found");
    assertAnswer("DELETE", path + "/nothing", "", 404, "toxic not found");
    assertAnswer("POST", "/proxies/b/toxics", "{}", 404, "proxy not found");
    assertThat(
            call("POST", path, "{\"type\":\"latency\",\"attributes\":{\"latency\":\"x\"}}")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void updatesAProxyByPatchAndByPost() throws Exception {
    call("POST", "/proxies", proxy("a"));
    assertThat(call("PATCH", "/proxies/a", "{\"enabled\":false}").body())
        .contains("\"enabled\":false");
    assertThat(call("POST", "/proxies/a", "{\"enabled\":true,\"upstream\":\"127.0.0.1:2\"}").body())
        .contains("\"enabled\":true", "\"upstream\":\"127.0.0.1:2\"");
  }

  @Test
  void populatesAndKeepsWhatIsTheSame() throws Exception {
    HttpResponse<String> first =
        call("POST", "/populate", "[" + proxy("a") + "," + proxy("b") + "]");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.body()).startsWith("{\"proxies\":[{\"name\":\"a\"");
    String a = call("GET", "/proxies/a", "").body();
    call("POST", "/proxies/a/toxics", "{\"type\":\"timeout\"}");

    String withToxic = call("GET", "/proxies/a", "").body();
    assertThat(call("POST", "/populate", "[" + a + "]").statusCode()).isEqualTo(201);
    assertThat(call("GET", "/proxies/a", "").body()).isEqualTo(withToxic);
  }

  @Test
  void anErrorWhilePopulatingHasItsOwnForm() throws Exception {
    HttpResponse<String> response = call("POST", "/populate", "[{\"name\":\"a\"}]");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            "{\"error\":\"missing required field: upstream at proxy 1\",\"status\":400,"
                + "\"proxies\":null}");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void resetEnablesAllAndRemovesToxics() throws Exception {
    call("POST", "/proxies", proxy("a"));
    call("POST", "/proxies/a/toxics", "{\"type\":\"timeout\"}");
    call("POST", "/proxies/a", "{\"enabled\":false}");
    HttpResponse<String> response = call("POST", "/reset", "");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(call("GET", "/proxies/a", "").body()).contains("\"enabled\":true,\"toxics\":[]");
  }

  @Test
  void tellsItsVersionAndRefusesBrowsersAndUnknownCalls() throws Exception {
    assertThat(new ToxiproxyClient("127.0.0.1", server.port()).version()).contains("version");
    HttpResponse<String> browser =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/version"))
                .header("User-Agent", "Mozilla/5.0")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(browser.statusCode()).isEqualTo(403);
    assertThat(call("GET", "/nowhere", "").statusCode()).isEqualTo(404);
    assertThat(call("GET", "/metrics", "").statusCode()).isEqualTo(404);
    assertThat(call("PUT", "/proxies", "").statusCode()).isEqualTo(405);
  }

  @Test
  void theClientLibraryShowsErrorsAsExceptions() throws Exception {
    ToxiproxyClient client = new ToxiproxyClient("127.0.0.1", server.port());
    client.createProxy("a", "127.0.0.1:0", "127.0.0.1:1");
    assertThatThrownBy(() -> client.createProxy("a", "127.0.0.1:0", "127.0.0.1:1"))
        .isInstanceOf(IOException.class)
        .hasMessage("[409] proxy already exists");
  }
}
