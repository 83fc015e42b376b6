/** The history of a run: what every process invoked and what came of it. */
@NullMarked
package dev.faultline.checkers.history;

import org.jspecify.annotations.NullMarked;
