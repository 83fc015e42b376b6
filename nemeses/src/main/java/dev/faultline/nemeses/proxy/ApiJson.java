package dev.faultline.nemeses.proxy;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of Toxiproxy's API: what it takes, with its defaults, and what it answers. */
final class ApiJson {

  private final JsonMapper mapper = new JsonMapper();

  JsonNode parse(byte[] body) throws ApiException {
    try {
      JsonNode node = mapper.readTree(body);
      if (node == null || node.isMissingNode()) {
        throw bad("EOF");
      }
      return node;
    } catch (JacksonException e) {
      throw bad(e.getOriginalMessage());
    }
  }

  String text(JsonNode node) {
    return mapper.writeValueAsString(node);
  }

  ObjectNode object() {
    return mapper.createObjectNode();
  }

  ObjectNode error(ApiException e) {
    return object().put("error", e.getMessage()).put("status", e.status());
  }

  ObjectNode proxy(TcpProxy proxy) {
    ObjectNode node =
        object()
            .put("name", proxy.name())
            .put("listen", proxy.listen())
            .put("upstream", proxy.upstream())
            .put("enabled", proxy.enabled());
    node.set("toxics", toxics(proxy));
    return node;
  }

  ArrayNode toxics(TcpProxy proxy) {
    ArrayNode array = mapper.createArrayNode();
    proxy.toxics().forEach(toxic -> array.add(toxic(toxic)));
    return array;
  }

  ObjectNode toxic(Toxic toxic) {
    ObjectNode node = object();
    node.set("attributes", attributes(toxic.settings()));
    return node.put("name", toxic.name())
        .put("type", toxic.type())
        .put("stream", toxic.stream().word())
        .put("toxicity", toxic.toxicity());
  }

  private ObjectNode attributes(ToxicSettings settings) {
    return switch (settings) {
      case ToxicSettings.Latency(long latency, long jitter) ->
          object().put("latency", latency).put("jitter", jitter);
      case ToxicSettings.Bandwidth(long rate) -> object().put("rate", rate);
      case ToxicSettings.SlowClose(long delay) -> object().put("delay", delay);
      case ToxicSettings.Timeout(long timeout) -> object().put("timeout", timeout);
      case ToxicSettings.ResetPeer(long timeout) -> object().put("timeout", timeout);
      case ToxicSettings.Slicer(long size, long variation, long delay) ->
          object().put("average_size", size).put("size_variation", variation).put("delay", delay);
      case ToxicSettings.LimitData(long bytes) -> object().put("bytes", bytes);
    };
  }

  /** Reads the toxic that a request wants added; the defaults are downstream and 1.0. */
  Toxic newToxic(JsonNode body) throws ApiException {
    requireObject(body);
    String streamName = text(body, "stream", "downstream");
    Toxic.Stream stream = stream(streamName);
    String type = text(body, "type", "");
    String given = text(body, "name", "");
    String name = given.isEmpty() ? type + "_" + streamName : given;
    ToxicSettings settings =
        settings(type, body.path("attributes"), null)
            .orElseThrow(() -> new ApiException(400, "invalid toxic type"));
    return new Toxic(name, type, stream, toxicity(body, 1), settings);
  }

  /** Reads a request to change a toxic: attributes that are not mentioned stay. */
  Toxic changed(Toxic toxic, JsonNode body) throws ApiException {
    requireObject(body);
    ToxicSettings settings =
        settings(toxic.type(), body.path("attributes"), attributes(toxic.settings())).orElseThrow();
    return new Toxic(
        toxic.name(), toxic.type(), toxic.stream(), toxicity(body, toxic.toxicity()), settings);
  }

  private static Toxic.Stream stream(String word) throws ApiException {
    return Arrays.stream(Toxic.Stream.values())
        .filter(stream -> stream.word().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() ->
            new ApiException(400, "stream was invalid, can be either upstream or downstream"));
  }

  private static Optional<ToxicSettings> settings(
      String type, JsonNode given, @Nullable ObjectNode before) throws ApiException {
    if (!given.isMissingNode() && !given.isNull()) {
      requireObject(given);
    }
    return switch (type) {
      case "latency" ->
          Optional.of(
              new ToxicSettings.Latency(
                  number(given, before, "latency"), number(given, before, "jitter")));
      case "bandwidth" -> Optional.of(new ToxicSettings.Bandwidth(number(given, before, "rate")));
      case "slow_close" -> Optional.of(new ToxicSettings.SlowClose(number(given, before, "delay")));
      case "timeout" -> Optional.of(new ToxicSettings.Timeout(number(given, before, "timeout")));
      case "reset_peer" ->
          Optional.of(new ToxicSettings.ResetPeer(number(given, before, "timeout")));
      case "slicer" ->
          Optional.of(
              new ToxicSettings.Slicer(
                  number(given, before, "average_size"),
                  number(given, before, "size_variation"),
                  number(given, before, "delay")));
      case "limit_data" -> Optional.of(new ToxicSettings.LimitData(number(given, before, "bytes")));
      default -> Optional.empty();
    };
  }

  private static long number(JsonNode given, @Nullable ObjectNode before, String key)
      throws ApiException {
    JsonNode value = given.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return before == null ? 0 : before.path(key).asLong(0);
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw bad("attribute " + key + " must be an integer");
    }
    return value.longValue();
  }

  private static float toxicity(JsonNode body, float otherwise) throws ApiException {
    JsonNode value = body.path("toxicity");
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw bad("toxicity must be a number");
    }
    return value.floatValue();
  }

  static String text(JsonNode body, String key, String otherwise) throws ApiException {
    JsonNode value = body.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isString()) {
      throw bad(key + " must be a string");
    }
    return value.stringValue();
  }

  static boolean flag(JsonNode body, String key, boolean otherwise) throws ApiException {
    JsonNode value = body.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw bad(key + " must be true or false");
    }
    return value.booleanValue();
  }

  static void requireObject(JsonNode body) throws ApiException {
    if (!body.isObject()) {
      throw bad("an object is expected");
    }
  }

  static ApiException bad(String why) {
    return new ApiException(400, "bad request body: " + why);
  }
}
