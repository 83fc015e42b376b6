package dev.faultline.workloads.jetcd;

import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.Attributes;
import io.grpc.Server;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A node on the loopback interface that speaks etcd's KV service and does as it is told: it answers
 * with a status, answers well, or never answers. It keeps every request that reached it.
 */
final class ScriptedServer implements AutoCloseable {

  static final long REVISION = 41;

  private final List<Object> received = new CopyOnWriteArrayList<>();
  private final Connections connections = new Connections();
  // Of its own, so that what threads of gRPC's there are belong to the client.
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("scripted-server", true), NioIoHandler.newFactory());
  private final Server server;
  private volatile boolean silent;
  private volatile @Nullable Status refusal;
  private volatile TxnResponse txn = TxnResponse.getDefaultInstance();
  private volatile RangeResponse range = RangeResponse.getDefaultInstance();

  ScriptedServer() {
    this(0);
  }

  ScriptedServer(int port) {
    try {
      server =
          NettyServerBuilder.forAddress(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
              .bossEventLoopGroup(loops)
              .workerEventLoopGroup(loops)
              .channelType(NioServerSocketChannel.class)
              .directExecutor()
              .addTransportFilter(connections)
              .addService(new Kv())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort());
  }

  /** Returns every request that arrived, in order; each is one attempt on the wire. */
  List<Object> received() {
    return received;
  }

  /** Returns how many connections were accepted, ever. */
  int connectionsAccepted() {
    return connections.accepted.get();
  }

  /** Returns how many connections there are. */
  int connectionsOpen() {
    return connections.open.get();
  }

  ScriptedServer neverAnswers() {
    silent = true;
    return this;
  }

  ScriptedServer answers(Status status) {
    refusal = status;
    return this;
  }

  ScriptedServer answers(TxnResponse.Builder response) {
    txn = response.setHeader(header()).build();
    return this;
  }

  ScriptedServer answers(RangeResponse.Builder response) {
    range = response.setHeader(header()).build();
    return this;
  }

  /** Dies as a killed process does: its connections break, its port is free. */
  void die() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    die();
  }

  private static ResponseHeader header() {
    return ResponseHeader.newBuilder().setRevision(REVISION).build();
  }

  private <R> void reply(Object request, R response, StreamObserver<R> observer) {
    received.add(request);
    Status status = refusal;
    if (status != null) {
      observer.onError(status.asRuntimeException());
    } else if (!silent) {
      observer.onNext(response);
      observer.onCompleted();
    }
  }

  private static final class Connections extends ServerTransportFilter {

    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();

    @Override
    public Attributes transportReady(Attributes attributes) {
      accepted.incrementAndGet();
      open.incrementAndGet();
      return attributes;
    }

    @Override
    public void transportTerminated(Attributes attributes) {
      open.decrementAndGet();
    }
  }

  private final class Kv extends KVGrpc.KVImplBase {

    @Override
    public void range(RangeRequest request, StreamObserver<RangeResponse> observer) {
      reply(request, range, observer);
    }

    @Override
    public void put(PutRequest request, StreamObserver<PutResponse> observer) {
      reply(request, PutResponse.newBuilder().setHeader(header()).build(), observer);
    }

    @Override
    public void txn(TxnRequest request, StreamObserver<TxnResponse> observer) {
      reply(request, txn, observer);
    }
  }
}
