@NullMarked
package dev.faultline.harness.system;

import org.jspecify.annotations.NullMarked;
