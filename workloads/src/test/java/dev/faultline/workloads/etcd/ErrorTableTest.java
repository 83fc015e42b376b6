package dev.faultline.workloads.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.checkers.history.OperationError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorTableTest {

  private final ErrorTable table = ErrorTable.etcd();

  @ParameterizedTest(name = "{0} {1} (sent {2}) is {3}, definite {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        // What the client can prove by itself: nothing was sent.
        "UNAVAILABLE,        'io exception (Connection refused)',    false, not-connected,      true",
        "DEADLINE_EXCEEDED,  'deadline exceeded, waiting',           false, not-connected,      true",
        "CANCELLED,          'given up',                             false, not-sent,           true",
        // The same words, but something may have been sent.
        "UNAVAILABLE,        'io exception (Connection refused)',    true,  unavailable,        false",
        "DEADLINE_EXCEEDED,  'deadline exceeded',                    true,  timeout,            false",
        "CANCELLED,          'given up',                             true,  cancelled,          false",
        // etcd's texts, from its package rpctypes.
        "RESOURCE_EXHAUSTED, 'etcdserver: too many requests',        true,  too-many-requests,  true",
        "UNKNOWN,            'etcdserver: too many requests',        true,  too-many-requests,  true",
        "FAILED_PRECONDITION,'etcdserver: not leader',               true,  not-leader,         true",
        "FAILED_PRECONDITION,'etcdserver: lease already exists',     true,  failed-precondition,true",
        "INVALID_ARGUMENT,   'etcdserver: key is not provided',      true,  invalid-argument,   true",
        "INVALID_ARGUMENT,   'etcdserver: request is too large',     true,  invalid-argument,   true",
        "INVALID_ARGUMENT,   'etcdserver: duplicate key given in txn request', true, invalid-argument, true",
        "NOT_FOUND,          'etcdserver: requested lease not found',true,  not-found,          true",
        "OUT_OF_RANGE,       'etcdserver: mvcc: required revision has been compacted', true, out-of-range, true",
        "UNIMPLEMENTED,      '',                                     true,  unimplemented,      true",
        "UNAVAILABLE,        'etcdserver: request timed out',        true,  timeout,            false",
        "UNAVAILABLE,        'etcdserver: request timed out, possibly due to previous leader failure', true, timeout, false",
        "UNAVAILABLE,        'etcdserver: request timed out, possibly due to connection lost', true, timeout, false",
        "UNAVAILABLE,        'etcdserver: leader changed',           true,  leader-changed,     false",
        "UNAVAILABLE,        'etcdserver: no leader',                true,  no-leader,          false",
        "UNAVAILABLE,        'etcdserver: server stopped',           true,  server-stopped,     false",
        "UNAVAILABLE,        'etcdserver: unhealthy cluster',        true,  unavailable,        false",
        "UNAVAILABLE,        '',                                     true,  unavailable,        false",
        // Applied, and answered with an error all the same (quotaApplierV3).
        "RESOURCE_EXHAUSTED, 'etcdserver: mvcc: database space exceeded', true, no-space,       false",
        "RESOURCE_EXHAUSTED, 'grpc: received message larger than max', true, resource-exhausted, false",
        "ABORTED,            '',                                     true,  aborted,            false",
        "INTERNAL,           'stream terminated by RST_STREAM',      true,  internal,           false",
        "DATA_LOSS,          'etcdserver: corrupt cluster',          true,  data-loss,          false",
        "UNKNOWN,            'raft proposal dropped',                true,  unknown,            false",
        "UNKNOWN,            'raft: stopped',                        true,  unknown,            false",
        "PERMISSION_DENIED,  'etcdserver: permission denied',        true,  unknown,            false",
        "A_CODE_OF_TOMORROW, '',                                     true,  unknown,            false",
      })
  void classifies(String status, String message, boolean sent, String code, boolean definite) {
    OperationError error = table.classify(new CallFailure(status, message, sent));

    assertThat(error.code()).isEqualTo(code);
    assertThat(error.definite()).isEqualTo(definite);
    assertThat(error.message()).startsWith(status).contains(message);
  }

  static Stream<ErrorRule> rows() {
    return ErrorTable.etcd().rows().stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRowDecidesSomethingAndSaysWhy(ErrorRule row) {
    String status = row.status().equals(ErrorRule.ANY) ? "A_CODE_OF_TOMORROW" : row.status();
    OperationError error = table.classify(new CallFailure(status, row.text(), !row.unsentOnly()));

    assertThat(error.code()).as("no earlier row shadows this one").isEqualTo(row.code());
    assertThat(error.definite()).isEqualTo(row.definite());
    assertThat(row.why()).isNotBlank();
  }

  @Test
  void whatNoRuleNamesIsIndefinite() {
    ErrorRule last = table.rows().getLast();

    assertThat(last.status()).isEqualTo(ErrorRule.ANY);
    assertThat(last.text()).isEmpty();
    assertThat(last.unsentOnly()).isFalse();
    assertThat(last.definite()).isFalse();
  }

  @Test
  void unavailableAndTimeoutsAreNeverDefiniteOnceSomethingWasSent() {
    Set<String> neverDefinite =
        new HashSet<>(
            List.of(
                "UNAVAILABLE",
                "DEADLINE_EXCEEDED",
                "CANCELLED",
                "INTERNAL",
                "DATA_LOSS",
                "ABORTED"));

    assertThat(table.rows())
        .filteredOn(row -> !row.unsentOnly() && neverDefinite.contains(row.status()))
        .hasSizeGreaterThanOrEqualTo(neverDefinite.size())
        .noneMatch(ErrorRule::definite);
  }
}
