package dev.faultline.raft.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {

  private static final PutRequest PUT =
      PutRequest.newBuilder()
          .setKey(ByteString.copyFromUtf8("k"))
          .setValue(ByteString.copyFromUtf8("v"))
          .setPrevKv(true)
          .build();

  static Stream<Command> commands() {
    return Stream.of(
        new Command.Put(PUT),
        new Command.DeleteRange(
            DeleteRangeRequest.newBuilder().setKey(ByteString.copyFromUtf8("k")).build()),
        new Command.Txn(
            TxnRequest.newBuilder().addSuccess(RequestOp.newBuilder().setRequestPut(PUT)).build()));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isReadAsItWasWritten(Command command) {
    assertThat(Command.decode(command.encode())).isEqualTo(command);
  }

  @Test
  void keepsTheBytesThatOlderLogsHold() {
    // Version 1, kind 1; then field 1 "k", field 2 "v", field 4 true.
    assertThat(HexFormat.of().formatHex(new Command.Put(PUT).encode()))
        .isEqualTo("0101" + "0a016b" + "120176" + "2001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "00" + "01", "02" + "01", "01" + "00", "01" + "09", "01010a05"})
  void refusesWhatIsNoCommand(String hex) {
    byte[] garbage = HexFormat.of().parseHex(hex);
    assertThatIllegalArgumentException().isThrownBy(() -> Command.decode(garbage));
  }
}
