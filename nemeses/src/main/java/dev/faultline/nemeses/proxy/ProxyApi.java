package dev.faultline.nemeses.proxy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls of Toxiproxy's API on a set of proxies, apart from HTTP. Thread-safe. */
final class ProxyApi {

  private static final String JSON = "application/json";

  /** An answer; the content type is that of the body, if any. */
  record Answer(int status, String contentType, String body) {}

  private final ApiJson json;
  private final Map<String, TcpProxy> proxies = new TreeMap<>();

  ProxyApi(ApiJson json) {
    this.json = json;
  }

  Answer call(String method, String path, byte[] body) throws ApiException {
    List<String> parts = List.of(path.replaceAll("^/+|/+$", "").split("/"));
    if (parts.size() == 1) {
      return top(method, parts.getFirst(), body);
    }
    if (parts.size() == 2 && isProxies(parts)) {
      return proxy(method, parts.get(1), body);
    }
    if (parts.size() == 3 && isToxics(parts)) {
      return toxics(method, find(parts.get(1)), body);
    }
    if (parts.size() == 4 && isToxics(parts)) {
      return toxic(method, find(parts.get(1)), parts.get(3), body);
    }
    return notFound();
  }

  private static boolean isProxies(List<String> parts) {
    return parts.getFirst().equals("proxies");
  }

  private static boolean isToxics(List<String> parts) {
    return isProxies(parts) && parts.get(2).equals("toxics");
  }

  private static Answer notFound() {
    return new Answer(404, "text/plain; charset=utf-8", "404 page not found\n");
  }

  private static Answer methodNotAllowed() {
    return new Answer(405, "", "");
  }

  private Answer ok(JsonNode node) {
    return new Answer(200, JSON, json.text(node));
  }

  private static Answer noContent() {
    return new Answer(204, "", "");
  }

  private Answer top(String method, String name, byte[] body) throws ApiException {
    String call = method + " " + name;
    return switch (call) {
      case "GET proxies" -> {
        ObjectNode all = json.object();
        snapshot().forEach(proxy -> all.set(proxy.name(), json.proxy(proxy)));
        yield ok(all);
      }
      case "POST proxies" -> create(body);
      case "POST populate" -> populate(body);
      case "POST reset" -> {
        for (TcpProxy proxy : snapshot()) {
          proxy.reset();
        }
        yield noContent();
      }
      case "GET version" ->
          new Answer(200, "application/json;charset=utf-8", "{\"version\": \"faultline\"}\n");
      default ->
          Set.of("proxies", "populate", "reset", "version").contains(name)
              ? methodNotAllowed()
              : notFound();
    };
  }

  private synchronized List<TcpProxy> snapshot() {
    return List.copyOf(proxies.values());
  }

  private synchronized TcpProxy find(String name) throws ApiException {
    TcpProxy proxy = proxies.get(name);
    if (proxy == null) {
      throw new ApiException(404, "proxy not found");
    }
    return proxy;
  }

  private Answer create(byte[] body) throws ApiException {
    JsonNode input = json.parse(body);
    ApiJson.requireObject(input);
    TcpProxy proxy = proxy(input, "");
    synchronized (this) {
      if (proxies.containsKey(proxy.name())) {
        throw new ApiException(409, "proxy already exists");
      }
      if (ApiJson.flag(input, "enabled", true)) {
        proxy.enable();
      }
      proxies.put(proxy.name(), proxy);
    }
    return new Answer(201, JSON, json.text(json.proxy(proxy)));
  }

  private static TcpProxy proxy(JsonNode input, String where) throws ApiException {
    String name = ApiJson.text(input, "name", "");
    String upstream = ApiJson.text(input, "upstream", "");
    if (name.isEmpty() || upstream.isEmpty()) {
      String missing = name.isEmpty() ? "name" : "upstream";
      throw new ApiException(400, "missing required field: " + missing + where);
    }
    return new TcpProxy(name, ApiJson.text(input, "listen", ""), upstream);
  }

  /** Creates many; one that exists stays if its addresses are the same, else it is replaced. */
  private Answer populate(byte[] body) {
    try {
      List<TcpProxy> done = populated(json.parse(body));
      ArrayNode array = json.object().putArray("proxies");
      done.forEach(proxy -> array.add(json.proxy(proxy)));
      ObjectNode answer = json.object();
      answer.set("proxies", array);
      return new Answer(201, JSON, json.text(answer));
    } catch (ApiException e) {
      ObjectNode answer = json.error(e);
      answer.putNull("proxies");
      return new Answer(e.status(), JSON, json.text(answer));
    }
  }

  private List<TcpProxy> populated(JsonNode inputs) throws ApiException {
    if (!inputs.isArray()) {
      throw ApiJson.bad("an array is expected");
    }
    List<TcpProxy> wanted = new ArrayList<>();
    List<Boolean> enabled = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode input : inputs) {
      ApiJson.requireObject(input);
      TcpProxy proxy = proxy(input, " at proxy " + (wanted.size() + 1));
      if (!names.add(proxy.name())) {
        throw new ApiException(500, "duplicate proxy name \"" + proxy.name() + "\"");
      }
      wanted.add(proxy);
      enabled.add(ApiJson.flag(input, "enabled", true));
    }
    List<TcpProxy> done = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      done.add(addOrReplace(wanted.get(i), enabled.get(i)));
    }
    return done;
  }

  private synchronized TcpProxy addOrReplace(TcpProxy wanted, boolean enabled) throws ApiException {
    TcpProxy proxy = wanted;
    TcpProxy existing = proxies.get(wanted.name());
    if (existing != null
        && existing.listen().equals(wanted.listen())
        && existing.upstream().equals(wanted.upstream())) {
      proxy = existing;
    } else if (existing != null) {
      existing.disable();
    }
    if (enabled) {
      proxy.enable();
    } else {
      proxy.disable();
    }
    proxies.put(proxy.name(), proxy);
    return proxy;
  }

  private Answer proxy(String method, String name, byte[] body) throws ApiException {
    return switch (method) {
      case "GET" -> ok(json.proxy(find(name)));
      case "POST", "PATCH" -> {
        TcpProxy proxy = find(name);
        JsonNode input = json.parse(body);
        ApiJson.requireObject(input);
        proxy.update(
            ApiJson.text(input, "listen", proxy.listen()),
            ApiJson.text(input, "upstream", proxy.upstream()),
            ApiJson.flag(input, "enabled", proxy.enabled()));
        yield ok(json.proxy(proxy));
      }
      case "DELETE" -> {
        TcpProxy proxy = find(name);
        proxy.disable();
        forget(name);
        yield noContent();
      }
      default -> methodNotAllowed();
    };
  }

  private synchronized void forget(String name) {
    proxies.remove(name);
  }

  private Answer toxics(String method, TcpProxy proxy, byte[] body) throws ApiException {
    return switch (method) {
      case "GET" -> ok(json.toxics(proxy));
      case "POST" -> {
        Toxic toxic = json.newToxic(json.parse(body));
        proxy.add(toxic);
        yield ok(json.toxic(toxic));
      }
      default -> methodNotAllowed();
    };
  }

  private Answer toxic(String method, TcpProxy proxy, String name, byte[] body)
      throws ApiException {
    return switch (method) {
      case "GET" -> ok(json.toxic(find(proxy, name)));
      case "POST", "PATCH" -> {
        Toxic changed = json.changed(find(proxy, name), json.parse(body));
        proxy.replace(changed);
        yield ok(json.toxic(changed));
      }
      case "DELETE" -> {
        proxy.remove(name);
        yield noContent();
      }
      default -> methodNotAllowed();
    };
  }

  private static Toxic find(TcpProxy proxy, String name) throws ApiException {
    return proxy.toxic(name).orElseThrow(() -> new ApiException(404, "toxic not found"));
  }

  void close() {
    for (TcpProxy proxy : snapshot()) {
      proxy.disable();
    }
  }
}
