/** The top of the house: from a scenario to a verdict. */
@NullMarked
package dev.faultline.harness;

import org.jspecify.annotations.NullMarked;
