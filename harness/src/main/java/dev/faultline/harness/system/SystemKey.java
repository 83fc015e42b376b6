package dev.faultline.harness.system;

import java.util.Arrays;
import java.util.List;

/** A key of a system file. */
enum SystemKey {
  NAME("name"),
  DESCRIPTION("description"),
  IMAGE("image"),
  ENTRY_POINT("entry-point"),
  DATA("data"),
  PROGRAM("program"),
  ARGUMENTS("arguments"),
  ENVIRONMENT("environment"),
  PEERS("peers"),
  PORTS("ports"),
  HEALTH("health"),
  PEER_HEALTH("peer-health"),
  API("api"),
  CLIENT("client");

  private final String word;

  SystemKey(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  static List<String> words() {
    return Arrays.stream(values()).map(SystemKey::word).toList();
  }
}
