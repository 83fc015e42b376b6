package dev.faultline.nemeses.proxy;

import java.util.Locale;

/**
 * A toxic as the API knows it.
 *
 * @param name its name, unique within a proxy
 * @param type Toxiproxy's name of the type
 * @param stream which direction it sits in
 * @param toxicity the share of connections that it works on, 0 to 1
 * @param settings what it does
 */
record Toxic(String name, String type, Stream stream, float toxicity, ToxicSettings settings) {

  /** A direction of a connection. */
  enum Stream {
    /** From the client, who dialled, to the server. */
    UPSTREAM,
    /** From the server to the client. */
    DOWNSTREAM;

    private final String word = name().toLowerCase(Locale.ROOT);

    String word() {
      return word;
    }
  }
}
