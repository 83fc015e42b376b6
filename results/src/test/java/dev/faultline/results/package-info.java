@NullMarked
package dev.faultline.results;

import org.jspecify.annotations.NullMarked;
