/**
 * Systems under test: how a node is started, asked and spoken to.
 *
 * <p>A user brings a system of their own in one of three ways, from the least work to the most
 * freedom.
 *
 * <p><b>A file</b>, if the system speaks the etcd v3 API. {@link
 * dev.faultline.harness.system.SystemFile} lists the keys, and the templates' variables are those
 * of {@link dev.faultline.harness.system.Template}:
 *
 * <pre>
 * # ./faultline run --system my.yaml --nodes 3
 * name: mydb
 * program: mydb                   # for processes: on the path; ./bin/mydb is seen from this file
 * image: example.org/mydb:1.4     # for --cluster docker
 * ports: {client: 2379, peer: 2380, metrics: 2381}
 * peers: addresses                # each node is told an address of its own for every peer
 * arguments:
 *   - --name={node}
 *   - --data={data}
 *   - --listen={client}
 *   - --listen-peer={peer}
 *   - --listen-metrics={metrics}
 *   - --cluster={cluster:NODE=ADDRESS}
 *   - --election-timeout={election.ms}ms
 * health: /health                 # 2xx when fit to serve
 * peer-health: /version           # asked through the links; any answer will do
 * </pre>
 *
 * <p>A scenario names such a file as {@code system: my.yaml}, seen from the scenario's own
 * directory; on the command line it is seen from the working directory. A name that ends with
 * {@code .yaml} or {@code .yml} is a file.
 *
 * <p><b>A file and a class</b>, if it speaks another protocol: {@code client: com.example.MyDriver}
 * names a {@link dev.faultline.harness.system.SystemDriver}, on the class path or in a jar that
 * {@code --plugin} names. One method is enough:
 *
 * <pre>
 * public final class MyDriver implements SystemDriver {
 *   public ClientFactory clients(Map&lt;String, InetSocketAddress&gt; endpoints, Duration timeout) {
 *     return new MyClients(endpoints, timeout);
 *   }
 * }
 * </pre>
 *
 * <p>Such a system tells neither who leads nor what it has applied. No fault can be aimed at its
 * leader then; it is ready when every node is healthy, and has recovered when a write was answered
 * through every node. A driver that can tell more overrides two methods more.
 *
 * <p><b>A class alone</b>: a {@link dev.faultline.harness.system.SystemUnderTest} named in {@code
 * META-INF/services} of a plugin. The bundled Raft server and etcd come in this way.
 *
 * <p>What a peer's sign of life is decides whether faults can be seen to work. A probe goes the way
 * of the peers' messages, through the same proxies, so it has to be an answer of the node itself:
 * that a connection is accepted shows nothing, for the proxy accepts it.
 */
@NullMarked
package dev.faultline.harness.system;

import org.jspecify.annotations.NullMarked;
