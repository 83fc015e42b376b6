/**
 * Systems under test: how a node is started, asked and spoken to.
 *
 * <p>A user brings a system of their own by implementing {@link
 * dev.faultline.harness.system.SystemUnderTest} and naming it in {@code META-INF/services}; the
 * bundled Raft server comes in the same way.
 */
@NullMarked
package dev.faultline.harness.system;

import org.jspecify.annotations.NullMarked;
