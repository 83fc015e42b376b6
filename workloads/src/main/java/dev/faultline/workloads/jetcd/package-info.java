/**
 * The etcd v3 client: jetcd's {@code Client}, held to one attempt per operation.
 *
 * <p><b>The problem.</b> A client under test equipment must do exactly what it is told, once.
 * Client libraries do more, out of kindness: the lost update that was reported against etcd for
 * well over a year (etcd#14890) turned out to be jetcd sending writes again after {@code
 * UNAVAILABLE} (etcd#18424, jetcd#1444).
 *
 * <p><b>The design.</b> Each client is a jetcd {@code Client} of its own for its one node. {@link
 * dev.faultline.workloads.jetcd.Connector} sets it up; what it asks for is this (jetcd 0.8.7):
 *
 * <ul>
 *   <li><em>No retries.</em> {@code retryMaxAttempts(0)}, and never a put's or a transaction's
 *       option to retry. That is jetcd's word; {@link dev.faultline.workloads.jetcd.OneAttempt}, an
 *       interceptor, does not depend on it. It lets one call through per operation and answers any
 *       further one itself, without sending anything. jetcd is told of every failure as {@code
 *       ABORTED}, because it calls again for reads, whatever their options, on {@code UNAVAILABLE}
 *       and logs a warning where it may not; the outcome is judged from what gRPC said.
 *   <li><em>No waiting.</em> {@code waitForReady(false)}: a call that finds its node down fails.
 *       Every call carries a deadline, counted from the operation's invocation, which also ends the
 *       wait for a connection.
 *   <li><em>No pauses.</em> gRPC's pause between attempts to connect grows to two minutes, and
 *       would make a client call a node dead long after it is back. With {@code pick_first} a
 *       broken connection lies idle until the next operation, and after a failure that puts the
 *       connection in doubt the next operation goes over a fresh one, which has never failed.
 *   <li><em>No pings.</em> jetcd's standing order to ping every 30 seconds, idle or not, is one
 *       that servers close connections over. The deadline is what notices a silent node here.
 *   <li><em>One Vert.x</em>, small and without files, for all clients of a {@link
 *       dev.faultline.workloads.jetcd.JetcdClientFactory}: its event loop carries every connection
 *       and hands on every outcome. Closing a client closes the Vert.x that it was given, so each
 *       is given a {@link dev.faultline.workloads.jetcd.VertxView}, which cannot be closed.
 *   <li><em>Nothing on the caller's thread.</em> Clients are set up on one thread and calls begin
 *       on a few others, because the first call of a client also opens its connection.
 * </ul>
 *
 * <p><b>What cannot be switched off</b> through jetcd is gRPC's transparent retry. It happens
 * beneath any interceptor, and only if the request never left this process, or if the server said
 * by {@code REFUSED_STREAM} or {@code GOAWAY} that it has not looked at the stream and will not; in
 * the second case once. So a server may see two streams for an operation, but it has disowned the
 * first: at most one is processed, unless the server breaks HTTP/2 (RFC 9113, section 8.7). An
 * operation that was refused twice is not called definite for that: part of it was sent.
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
