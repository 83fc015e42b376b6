package dev.faultline.harness.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain text|plain text",
        "--name={node}|--name=n2",
        "{index} of {nodes}|2 of 3",
        "{data}/wal|/data/n2/wal",
        "{client} {client.host} {client.port}|127.0.0.1:4001 127.0.0.1 4001",
        "{peer} {metrics.port}|127.0.0.1:4002 4003",
        "{advertised}|127.0.0.1:5002",
        "{advertised-client}|127.0.0.1:6001",
        "{heartbeat.ms}/{election.ms}|100/1000",
        "{cluster:NODE=http://ADDRESS}|n1=http://127.0.0.1:5001,n2=http://127.0.0.1:5002,n3=http://127.0.0.1:5003",
        "{others:HOST PORT}|127.0.0.1 5001,127.0.0.1 5003",
        "{others:REPORT_NODE}|REPORT_NODE,REPORT_NODE",
        "{socks:socks5://ADDRESS}|socks5://127.0.0.1:6000",
        "{{\"id\": {index}}}|{\"id\": 2}",
        "}}{{|}{",
      })
  void isFilledInForANode(String template, String text) throws SystemFileException {
    assertThat(
            template(template)
                .fillIn(Nodes.second(Optional.of(Nodes.at(6000))), SystemOptions.STANDARD))
        .isEqualTo(text);
  }

  @Test
  void whatThereIsNotIsRepeatedNoTimes() throws SystemFileException {
    assertThat(
            template("<{socks:socks5://ADDRESS}>")
                .fillIn(Nodes.second(Optional.empty()), SystemOptions.STANDARD))
        .isEqualTo("<>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{nod}|unknown variable '{nod}'; did you mean 'node'?",
        "{leader}|unknown variable '{leader}'; there is: node, index,",
        "{node|a '{' has no '}' after it; write '{{'",
        "node}|a '}' has no '{' before it; write '}}'",
        "{node:NODE}|'{node}' takes nothing after its name",
        "{cluster}|'{cluster}' takes a form without braces, such as {cluster:NODE=ADDRESS}",
        "{cluster:}|'{cluster}' takes a form",
        "{cluster:{node}}|'{cluster}' takes a form without braces",
        "{}|unknown variable '{}'",
      })
  void saysWhereAndWhatIsWrong(String template, String message) {
    assertThatThrownBy(() -> template(template))
        .isInstanceOf(SystemFileException.class)
        .hasMessageStartingWith("my.yaml:7:5: in '" + template + "': ")
        .hasMessageContaining(message);
  }

  private static Template template(String text) throws SystemFileException {
    return Template.of(new Placed.Text("my.yaml:7:5", text));
  }
}
