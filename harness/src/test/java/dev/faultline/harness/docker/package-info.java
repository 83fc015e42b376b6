/** Clusters of containers on a real engine; without one every test says that it was skipped. */
@NullMarked
package dev.faultline.harness.docker;

import org.jspecify.annotations.NullMarked;
