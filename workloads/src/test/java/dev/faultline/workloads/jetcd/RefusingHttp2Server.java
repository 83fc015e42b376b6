package dev.faultline.workloads.jetcd;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Speaks HTTP/2 and refuses every stream with REFUSED_STREAM, which invites a gRPC client to send
 * the request again by itself.
 */
final class RefusingHttp2Server implements AutoCloseable {

  private final AtomicInteger streams = new AtomicInteger();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listener;

  RefusingHttp2Server() {
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

  /** Returns how many requests were begun. */
  int streams() {
    return streams.get();
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    var _ = loops.shutdownGracefully();
  }

  private final class Pipeline extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel connection) {
      connection.pipeline().addLast(Http2FrameCodecBuilder.forServer().build(), new Refusal());
    }
  }

  private final class Refusal extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      if (frame instanceof Http2HeadersFrame headers) {
        streams.incrementAndGet();
        var _ =
            context.writeAndFlush(
                new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM).stream(headers.stream()));
      }
      ReferenceCountUtil.release(frame);
    }
  }
}
