/** Pure, composable generators: what the processes of a run do, and when. */
@NullMarked
package dev.faultline.workloads.generator;

import org.jspecify.annotations.NullMarked;
