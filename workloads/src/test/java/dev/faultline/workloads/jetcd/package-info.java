@NullMarked
package dev.faultline.workloads.jetcd;

import org.jspecify.annotations.NullMarked;
