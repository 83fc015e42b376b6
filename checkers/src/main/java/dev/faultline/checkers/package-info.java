/**
 * What is proved: a recording goes in, a verdict with its evidence comes out.
 *
 * <p>{@link dev.faultline.checkers.Checker} is the port; everything else in this module implements
 * it or is the material it works on. The module needs nothing but the JDK, so that it can be used
 * by whoever has only a history to check.
 */
@NullMarked
package dev.faultline.checkers;

import org.jspecify.annotations.NullMarked;
