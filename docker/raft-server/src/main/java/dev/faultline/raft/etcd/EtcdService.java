package dev.faultline.raft.etcd;

import com.google.protobuf.MessageLite;
import dev.faultline.raft.core.NodeId;
import dev.faultline.raft.core.RaftStatus;
import dev.faultline.raft.kv.KvSnapshot;
import dev.faultline.raft.node.RaftNode;
import io.etcd.jetcd.api.AlarmRequest;
import io.etcd.jetcd.api.AlarmResponse;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.Member;
import io.etcd.jetcd.api.MemberListRequest;
import io.etcd.jetcd.api.MemberListResponse;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * etcd's v3 API on top of a Raft node. Safe for use by several threads; nothing blocks.
 *
 * <p>Stages complete on the caller's thread or on the node's own. They fail with an {@link
 * EtcdException}, or with something else only if the server itself is broken.
 */
public final class EtcdService {

  /** The version of etcd whose API this is; clients switch features by it. */
  public static final String VERSION = "3.5.0";

  /** The most bytes of a request that writes; more is refused. */
  public static final int MAX_REQUEST_BYTES = RequestChecks.MAX_REQUEST_BYTES;

  private final RaftNode<CommandResult> node;
  private final KvStateMachine machine;
  private final ClusterView cluster;
  private final ResponseHeader headerTemplate;

  /**
   * Makes the API of one node.
   *
   * @param machine what {@code node} applies its log to
   */
  public EtcdService(RaftNode<CommandResult> node, KvStateMachine machine, ClusterView cluster) {
    this.node = node;
    this.machine = machine;
    this.cluster = cluster;
    this.headerTemplate =
        ResponseHeader.newBuilder()
            .setClusterId(cluster.clusterId())
            .setMemberId(cluster.memberId(cluster.self()))
            .build();
  }

  /** Reads keys: linearizably, or from this node's own state if the request says serializable. */
  public CompletionStage<RangeResponse> range(RangeRequest request) {
    try {
      RequestChecks.check(request);
    } catch (EtcdException refused) {
      return CompletableFuture.failedStage(refused);
    }
    return read(
        request.getSerializable(),
        snapshot -> {
          RangeResponse response = new Executor(snapshot.begin()).range(request);
          return response.toBuilder().setHeader(header(response.getHeader())).build();
        });
  }

  /** Writes a key. */
  public CompletionStage<PutResponse> put(PutRequest request) {
    try {
      RequestChecks.check(request);
      RequestChecks.checkSize(request);
    } catch (EtcdException refused) {
      return CompletableFuture.failedStage(refused);
    }
    return propose(new Command.Put(request))
        .thenApply(result ->
            switch (result) {
              case CommandResult.Put(PutResponse response) ->
                  response.toBuilder().setHeader(header(response.getHeader())).build();
              default -> throw mismatch(request, result);
            });
  }

  /** Deletes keys. */
  public CompletionStage<DeleteRangeResponse> deleteRange(DeleteRangeRequest request) {
    try {
      RequestChecks.check(request);
      RequestChecks.checkSize(request);
    } catch (EtcdException refused) {
      return CompletableFuture.failedStage(refused);
    }
    return propose(new Command.DeleteRange(request))
        .thenApply(result ->
            switch (result) {
              case CommandResult.DeleteRange(DeleteRangeResponse response) ->
                  response.toBuilder().setHeader(header(response.getHeader())).build();
              default -> throw mismatch(request, result);
            });
  }

  /** Compares, then reads and writes, as one step. One that only reads is not proposed. */
  public CompletionStage<TxnResponse> txn(TxnRequest request) {
    try {
      RequestChecks.check(request);
      RequestChecks.checkSize(request);
    } catch (EtcdException refused) {
      return CompletableFuture.failedStage(refused);
    }
    if (operations(request).allMatch(RequestOp::hasRequestRange)) {
      return read(
          isSerializable(request),
          snapshot -> complete(new Executor(snapshot.begin()).txn(request)));
    }
    return propose(new Command.Txn(request))
        .thenApply(result ->
            switch (result) {
              case CommandResult.Txn(TxnResponse response) -> complete(response);
              default -> throw mismatch(request, result);
            });
  }

  /** Tells how this node stands. */
  public CompletionStage<StatusResponse> status(StatusRequest request) {
    RaftStatus status = node.status();
    KvSnapshot snapshot = machine.snapshot();
    NodeId leader = status.leader();
    StatusResponse.Builder response =
        StatusResponse.newBuilder()
            .setHeader(header(snapshot))
            .setVersion(VERSION)
            .setDbSize(snapshot.sizeBytes())
            .setDbSizeInUse(snapshot.sizeBytes())
            .setLeader(leader == null ? 0 : cluster.memberId(leader))
            .setRaftIndex(status.commitIndex())
            .setRaftTerm(status.term())
            .setRaftAppliedIndex(status.appliedIndex())
            .setIsLearner(false);
    if (leader == null) {
      response.addErrors(EtcdError.NO_LEADER.text());
    }
    return CompletableFuture.completedStage(response.build());
  }

  /** Lists alarms, of which there are none; raising and clearing them is not supported. */
  public CompletionStage<AlarmResponse> alarm(AlarmRequest request) {
    if (request.getAction() != AlarmRequest.AlarmAction.GET) {
      return CompletableFuture.failedStage(EtcdError.NOT_SUPPORTED.exception());
    }
    return CompletableFuture.completedStage(
        AlarmResponse.newBuilder().setHeader(header(machine.snapshot())).build());
  }

  /** Lists the members, as this node was told them when it started. */
  public CompletionStage<MemberListResponse> memberList(MemberListRequest request) {
    MemberListResponse.Builder response =
        MemberListResponse.newBuilder().setHeader(header(machine.snapshot()));
    cluster
        .members()
        .forEach((id, addresses) ->
            response.addMembers(
                Member.newBuilder()
                    .setID(cluster.memberId(id))
                    .setName(id.name())
                    .addAllPeerURLs(addresses.peerUrls())
                    .addAllClientURLs(addresses.clientUrls())));
    return CompletableFuture.completedStage(response.build());
  }

  private interface Reading<T> {
    T on(KvSnapshot snapshot) throws EtcdException;
  }

  private <T> CompletionStage<T> read(boolean serializable, Reading<T> reading) {
    CompletionStage<?> ready =
        serializable ? CompletableFuture.completedStage(null) : node.readIndex();
    return ready.handle((_, failure) -> {
      if (failure != null) {
        throw NodeFailures.ofRead(failure, node.status());
      }
      try {
        return reading.on(machine.snapshot());
      } catch (EtcdException refused) {
        throw new CompletionException(refused);
      }
    });
  }

  private CompletionStage<CommandResult> propose(Command command) {
    return node.propose(command.encode())
        .handle((result, failure) -> {
          if (failure != null) {
            throw NodeFailures.ofProposal(failure);
          }
          if (result instanceof CommandResult.Refused(EtcdError error)) {
            throw new CompletionException(error.exception());
          }
          return result;
        });
  }

  private static Stream<RequestOp> operations(TxnRequest request) {
    return Stream.concat(request.getSuccessList().stream(), request.getFailureList().stream());
  }

  /**
   * Tells whether all reads of a read-only transaction are serializable. If there are none, it is
   * not: its comparisons are reads too. (etcd takes such a one for serializable.)
   */
  private static boolean isSerializable(TxnRequest request) {
    List<RequestOp> operations = operations(request).toList();
    return !operations.isEmpty()
        && operations.stream().allMatch(op -> op.getRequestRange().getSerializable());
  }

  private TxnResponse complete(TxnResponse response) {
    return response.toBuilder().setHeader(header(response.getHeader())).build();
  }

  private ResponseHeader header(ResponseHeader withRevision) {
    return header(withRevision.getRevision());
  }

  private ResponseHeader header(KvSnapshot snapshot) {
    return header(snapshot.revision());
  }

  private ResponseHeader header(long revision) {
    return headerTemplate.toBuilder()
        .setRevision(revision)
        .setRaftTerm(node.status().term())
        .build();
  }

  private static IllegalStateException mismatch(MessageLite request, CommandResult result) {
    return new IllegalStateException(
        request.getClass().getSimpleName()
            + " was answered with "
            + result.getClass().getSimpleName());
  }
}
