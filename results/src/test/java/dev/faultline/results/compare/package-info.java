@NullMarked
package dev.faultline.results.compare;

import org.jspecify.annotations.NullMarked;
