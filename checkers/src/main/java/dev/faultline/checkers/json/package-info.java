/** A small JSON tree with its own reader and writer, because this module depends on nothing. */
@NullMarked
package dev.faultline.checkers.json;

import org.jspecify.annotations.NullMarked;
