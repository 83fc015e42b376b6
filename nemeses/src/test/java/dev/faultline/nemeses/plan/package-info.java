@NullMarked
package dev.faultline.nemeses.plan;

import org.jspecify.annotations.NullMarked;
