@NullMarked
package dev.faultline.nemeses.proxy;

import org.jspecify.annotations.NullMarked;
