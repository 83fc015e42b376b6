package dev.faultline.harness.cluster;

/**
 * A node ended without being asked to.
 *
 * @param node its name
 * @param exitCode what it said; 128 and more stand for a signal
 */
public record NodeExit(String node, int exitCode) {}
