package dev.faultline.workloads.etcd;

/**
 * A call that did not end in a reply.
 *
 * @param status the name of the gRPC status code, such as {@code UNAVAILABLE}
 * @param message what the system, or the transport, said; empty if nothing
 * @param sent false only if it is certain that no byte of the request was handed to a connection,
 *     and that none ever will be
 */
public record CallFailure(String status, String message, boolean sent) {}
