package dev.faultline.workloads.jetcd;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Speaks HTTP/2 and refuses streams with REFUSED_STREAM, which invites a gRPC client to send the
 * request again by itself. What is not refused is a put, and is answered well.
 */
final class RefusingHttp2Server implements AutoCloseable {

  private static final int GRPC_PREFIX_BYTES = 5;

  private final int refusals;
  private volatile boolean mute;
  private final AtomicInteger streams = new AtomicInteger();
  private final AtomicInteger processed = new AtomicInteger();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listener;

  /** Starts a server that refuses the first {@code refusals} streams. */
  RefusingHttp2Server(int refusals) {
    this.refusals = refusals;
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Pipeline())
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** Ends calls well from now on, but without a response, as no server should. */
  RefusingHttp2Server withoutResponses() {
    mute = true;
    return this;
  }

  /** Returns how many requests were begun. */
  int streams() {
    return streams.get();
  }

  /** Returns how many requests were carried out. */
  int processed() {
    return processed.get();
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    var _ = loops.shutdownGracefully();
  }

  private final class Pipeline extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel connection) {
      connection.pipeline().addLast(Http2FrameCodecBuilder.forServer().build(), new Requests());
    }
  }

  private final class Requests extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      if (frame instanceof Http2HeadersFrame headers && streams.incrementAndGet() <= refusals) {
        var _ =
            context.writeAndFlush(
                new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM).stream(headers.stream()));
      } else if (frame instanceof Http2DataFrame data && data.isEndStream()) {
        processed.incrementAndGet();
        answer(context, data.stream());
      }
      ReferenceCountUtil.release(frame);
    }

    private void answer(ChannelHandlerContext context, Http2FrameStream stream) {
      Http2Headers head =
          new DefaultHttp2Headers().status("200").set("content-type", "application/grpc");
      Http2Headers trailers = new DefaultHttp2Headers().set("grpc-status", "0");
      var _ = context.write(new DefaultHttp2HeadersFrame(head).stream(stream));
      if (!mute) {
        // The empty message is a put's response.
        ByteBuf body = Unpooled.wrappedBuffer(new byte[GRPC_PREFIX_BYTES]);
        var _ = context.write(new DefaultHttp2DataFrame(body).stream(stream));
      }
      var _ = context.writeAndFlush(new DefaultHttp2HeadersFrame(trailers, true).stream(stream));
    }
  }
}
