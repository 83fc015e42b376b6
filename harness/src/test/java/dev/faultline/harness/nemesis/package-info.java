@NullMarked
package dev.faultline.harness.nemesis;

import org.jspecify.annotations.NullMarked;
