/**
 * Link proxies: a TCP proxy for every directed link between nodes, with toxics that can be changed
 * while bytes flow.
 *
 * <p><b>Problem.</b> Local processes share one loopback interface. Cutting them off from one
 * another with a packet filter takes root, differs between systems and outlives a harness that was
 * killed.
 *
 * <p><b>Design.</b> Every node reaches every other one through a proxy of its own, which ends with
 * the harness. The proxies speak Toxiproxy's HTTP API and are driven only through it, by the client
 * library that everybody uses: {@link dev.faultline.nemeses.proxy.ToxiproxyServer} is the embedded
 * server, {@link dev.faultline.nemeses.proxy.LinkProxies} the driver, and a real Toxiproxy can
 * stand in for the former. A connection is two pipes; a pipe is a thread that reads, a chain of
 * toxics, and a socket. Without toxics the reading thread also writes, and adds nothing but one
 * hop.
 *
 * <p><b>Example.</b> n1 is configured to dial n2 at 127.0.0.1:29312, where the proxy of the link
 * n1->n2 listens. Cutting that link is one call:
 *
 * <pre>{@code
 * POST /proxies/n1-to-n2/toxics
 * {"name": "cut-upstream", "type": "timeout", "stream": "upstream", "attributes": {"timeout": 0}}
 * }</pre>
 *
 * From then on what n1 sends on the connections that it dialled is dropped, and what n2 sends on
 * its own connections still arrives: a cut is a matter of messages, not of connections. Healing
 * closes the connections, for a stream with a hole in it cannot be used again. Where messages
 * travel on connections of either dialler ({@link dev.faultline.nemeses.proxy.Carriage}), the same
 * link is also the downstream of the proxy n2-to-n1.
 */
@NullMarked
package dev.faultline.nemeses.proxy;

import org.jspecify.annotations.NullMarked;
