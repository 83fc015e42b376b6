package dev.faultline.raft.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What happened in a group, one line an event; equal runs have equal lines. */
public final class Trace {

  private final List<String> lines = new ArrayList<>();

  void add(long nowNanos, NodeId node, String what) {
    lines.add("%.6f %s %s".formatted(nowNanos / 1e9, node, what));
  }

  /** Returns the lines so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  static String describe(Input input) {
    return switch (input) {
      case Input.Receive(NodeId from, Message message) -> from + " says " + describe(message);
      case Input.Propose propose -> "propose " + propose.sequence();
      case Input.Tick tick -> tick.toString();
      case Input.Read read -> read.toString();
      case Input.Persisted persisted -> persisted.toString();
    };
  }

  static String describe(Effect effect) {
    return switch (effect) {
      case Effect.Send(NodeId to, Message message) -> "-> tell " + to + " " + describe(message);
      case Effect.Persist(long sequence, HardState hardState, List<Entry> entries) ->
          "-> persist %d %s %s".formatted(sequence, hardState, describe(entries));
      case Effect.Apply(Entry entry, boolean duplicate) ->
          "-> apply " + describe(entry) + (duplicate ? " again" : "");
      case Effect.Appended(Entry entry) -> "-> appended " + describe(entry);
      case Effect.ProposalDropped dropped -> "-> " + dropped;
      case Effect.ReadReady ready -> "-> " + ready;
      case Effect.ReadDropped dropped -> "-> " + dropped;
      case Effect.RoleChanged changed -> "-> " + changed;
    };
  }

  private static String describe(Message message) {
    return switch (message) {
      case Message.AppendRequest r ->
          "append %d after %d/%d %s commit %d round %d"
              .formatted(
                  r.term(),
                  r.prevLogIndex(),
                  r.prevLogTerm(),
                  describe(r.entries()),
                  r.commitIndex(),
                  r.round());
      case Message.ForwardProposal f -> "forward " + f.term() + " " + f.command().id();
      case Message.VoteRequest r -> r.toString();
      case Message.VoteResponse r -> r.toString();
      case Message.AppendResponse r -> r.toString();
      case Message.ReadIndexRequest r -> r.toString();
      case Message.ReadIndexResponse r -> r.toString();
    };
  }

  private static String describe(List<Entry> entries) {
    return entries.stream().map(Trace::describe).collect(Collectors.joining(",", "[", "]"));
  }

  private static String describe(Entry entry) {
    String what =
        switch (entry.payload()) {
          case Payload.NoOp() -> "-";
          case Payload.Command(ProposalId id, _) -> id.toString();
        };
    return entry.index() + "/" + entry.term() + ":" + what;
  }
}
