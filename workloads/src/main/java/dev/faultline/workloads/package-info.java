/**
 * What clients do to a system under test, and how it is spoken to.
 *
 * <p>A {@link dev.faultline.workloads.Workload} says which operations are invoked in the main phase
 * of a run and in its final one, as {@linkplain dev.faultline.workloads.generator generators}, and
 * names the model that the history is judged by. It knows the operations of {@link
 * dev.faultline.workloads.client.Operation} only. A system is made to understand those by a {@link
 * dev.faultline.workloads.client.Client}. So every workload drives every system that supports its
 * operations, and a comparison of two systems runs the very same one.
 */
@NullMarked
package dev.faultline.workloads;

import org.jspecify.annotations.NullMarked;
