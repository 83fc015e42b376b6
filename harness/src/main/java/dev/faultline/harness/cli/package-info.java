/**
 * The command line: every command, its options, what it prints and the code it exits with.
 *
 * <p>Commands read words, call what does the work, and print; they decide nothing. Standard output
 * carries results, standard error carries progress and complaints, so that {@code --json} can be
 * piped.
 */
@NullMarked
package dev.faultline.harness.cli;

import org.jspecify.annotations.NullMarked;
