@NullMarked
package dev.faultline.nemeses.fault;

import org.jspecify.annotations.NullMarked;
