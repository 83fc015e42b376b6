/**
 * The server as a process: options, files, ports, signals, and the wiring of all the rest.
 *
 * <p><b>Problem.</b> The process is started by people, by scripts and by a harness that kills it
 * without warning. It has to say clearly why it does not start, tell when it serves, and never
 * outlive the harness that owns it.
 *
 * <p><b>Design.</b> {@link dev.faultline.raft.server.Main} reads the options, from the command line
 * and from a file with the same words, into one checked {@code ServerConfig}; {@code NodeServer}
 * starts the parts in the order in which they depend on each other (disk and consensus, then the
 * port for clients, then health and metrics) and stops them in reverse. Standard output carries the
 * log and one line that a harness waits for:
 *
 * <pre>
 * ready to serve client requests on 127.0.0.1:2379
 * </pre>
 *
 * <p><b>Exit codes</b>: 0 after SIGTERM or the end of standard input; 254 for bad arguments; 4 if
 * something around it prevents the start (a port taken, a data directory that is locked); 5 if the
 * log is corrupt; 255 for a fault of its own or a disk that fails while it runs.
 *
 * <p><b>Worked example.</b>
 *
 * <pre>
 * java -cp ... dev.faultline.raft.server.Main --name n1 --data-dir /tmp/n1 \
 *     --listen-client 127.0.0.1:2379 --listen-peer 127.0.0.1:2380 --listen-metrics 127.0.0.1:2381 \
 *     --initial-cluster n1=127.0.0.1:2380,n2=127.0.0.1:22380,n3=127.0.0.1:32380
 * </pre>
 */
@NullMarked
package dev.faultline.raft.server;

import org.jspecify.annotations.NullMarked;
