/** The loop that everything in a run goes through, in real or in virtual time. */
@NullMarked
package dev.faultline.harness.loop;

import org.jspecify.annotations.NullMarked;
