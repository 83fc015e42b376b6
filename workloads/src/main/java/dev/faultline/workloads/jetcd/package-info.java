/**
 * The etcd v3 client: jetcd's messages and stubs over gRPC channels that never send anything twice.
 *
 * <p><b>The problem.</b> A client under test equipment must do exactly what it is told, once.
 * Client libraries do more, out of kindness: the lost update that was reported against etcd for
 * well over a year (etcd#14890) turned out to be jetcd sending writes again after {@code
 * UNAVAILABLE} (etcd#18424, jetcd#1444).
 *
 * <p><b>The design.</b> The requests and replies are jetcd's generated classes ({@code
 * jetcd-grpc}), and so is the description of every method. jetcd's {@code Client} on top of them is
 * left out, because what it adds cannot be had in a measured dose (0.8.7):
 *
 * <ul>
 *   <li>reads and compactions are sent again on {@code UNAVAILABLE} whatever the operation's retry
 *       option says, and with retries limited to none each such failure is logged as a warning;
 *   <li>beneath it, gRPC's own retries stay on: {@code ClientBuilder} has no way to turn them off;
 *   <li>closing one client closes the Vert.x that was given to all of them;
 *   <li>gRPC's pause between connection attempts, which grows to two minutes, cannot be cut short:
 *       a client would go on calling a node dead long after it is back.
 * </ul>
 *
 * <p>So each client has a channel of its own to its one node, with gRPC's retries disabled, and all
 * channels of a {@link dev.faultline.workloads.jetcd.JetcdClientFactory} share one group of event
 * loops. Every call carries a deadline, which also ends the wait for a connection. After a failure
 * that puts the connection in doubt, the next operation goes over a fresh one.
 *
 * <p><b>Was it sent?</b> gRPC reports to a stream tracer when a connection takes a call up. A call
 * that ended before that never left this process and never will: gRPC gives a cancelled call no
 * connection. This is what makes "connection refused" a definite failure, and it is the same for a
 * node that is down, one whose packets vanish, and one that is stopped between accepting a
 * connection and speaking.
 *
 * <p><b>An example.</b>
 *
 * <pre>{@code
 * try (var factory = new JetcdClientFactory(Map.of("n1", address), Duration.ofSeconds(1))) {
 *   factory.open("n1")
 *       .thenCompose(client -> client.invoke(new Operation.Write("k7", 5)))
 *       .thenAccept(outcome -> ...);   // ok, fail or info within about a second, whatever n1 does
 * }
 * }</pre>
 */
@NullMarked
package dev.faultline.workloads.jetcd;

import org.jspecify.annotations.NullMarked;
