package dev.faultline.harness.system;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the variables of a {@link Template} stand for; the one list of them. */
final class Variables {

  /** The names of ports, each of which also has a host and a number. */
  private static final List<String> ADDRESSES =
      List.of("client", "peer", "metrics", "advertised", "advertised-client");

  private static final List<String> PLAIN =
      Stream.concat(
              Stream.of("node", "index", "nodes", "data", "heartbeat.ms", "election.ms"),
              ADDRESSES.stream().flatMap(name -> Stream.of(name, name + ".host", name + ".port")))
          .toList();

  private static final List<String> REPEATED = List.of("cluster", "others", "socks");

  private static final Pattern PLACE = Pattern.compile("\\b(NODE|ADDRESS|HOST|PORT)\\b");

  private Variables() {}

  /** Returns every name. */
  static List<String> names() {
    return Stream.concat(PLAIN.stream(), REPEATED.stream()).toList();
  }

  /** Tells whether {@code name} takes a form after a colon. */
  static boolean takesForm(String name) {
    return REPEATED.contains(name);
  }

  /** Returns what {@code name}, which takes no form, stands for. */
  static String value(String name, NodeAddresses node, SystemOptions options) {
    return switch (name) {
      case "node" -> node.node();
      case "index" ->
          Integer.toString(new ArrayList<>(node.peers().keySet()).indexOf(node.node()) + 1);
      case "nodes" -> Integer.toString(node.peers().size());
      case "data" -> node.dataDirectory();
      case "heartbeat.ms" -> Long.toString(options.heartbeat().toMillis());
      case "election.ms" -> Long.toString(options.electionTimeout().toMillis());
      default -> address(name, node);
    };
  }

  private static String address(String name, NodeAddresses node) {
    int dot = name.indexOf('.');
    InetSocketAddress address =
        switch (dot < 0 ? name : name.substring(0, dot)) {
          case "client" -> node.client();
          case "peer" -> node.peer();
          case "metrics" -> node.metrics();
          case "advertised" -> node.advertised();
          case "advertised-client" -> node.advertisedClient();
          default -> throw new IllegalArgumentException("there is no variable '" + name + "'");
        };
    return switch (dot < 0 ? "" : name.substring(dot)) {
      case ".host" -> host(address);
      case ".port" -> Integer.toString(address.getPort());
      default -> NodeAddresses.text(address);
    };
  }

  private static String host(InetSocketAddress address) {
    return address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
  }

  /** Returns what {@code name} stands for: {@code form}, filled in for each of its addresses. */
  static String value(String name, String form, NodeAddresses node) {
    Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
    switch (name) {
      case "cluster" -> addresses.putAll(node.peers());
      case "others" -> {
        addresses.putAll(node.peers());
        addresses.remove(node.node());
      }
      case "socks" -> node.socks().ifPresent(front -> addresses.put(node.node(), front));
      default -> throw new IllegalArgumentException("there is no variable '" + name + "'");
    }
    return addresses.entrySet().stream()
        .map(entry -> filledIn(form, entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(","));
  }

  private static String filledIn(String form, String node, InetSocketAddress address) {
    return PLACE
        .matcher(form)
        .replaceAll(place ->
            Matcher.quoteReplacement(
                switch (place.group()) {
                  case "NODE" -> node;
                  case "ADDRESS" -> NodeAddresses.text(address);
                  case "HOST" -> host(address);
                  default -> Integer.toString(address.getPort());
                }));
  }
}
