/** The port to the system under test: operations, what becomes of them, and who performs them. */
@NullMarked
package dev.faultline.workloads.client;

import org.jspecify.annotations.NullMarked;
