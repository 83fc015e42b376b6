package dev.faultline.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.faultline.results.ExitCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ComplaintsTest {

  @Test
  void aFileThatIsNotThereOrNotForUsIsBadInput() {
    assertThat(Complaints.text(new NoSuchFileException("h"))).isEqualTo("there is no file h");
    assertThat(Complaints.exitCode(new NoSuchFileException("h"))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(Complaints.text(new AccessDeniedException("h"))).isEqualTo("no permission to use h");
    assertThat(Complaints.exitCode(new AccessDeniedException("h"))).isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void whatTheMachineRefusedLeavesTheAnswerOpen() {
    assertThat(Complaints.text(new FileSystemException("h", null, "No space left on device")))
        .isEqualTo("h: No space left on device");
    assertThat(Complaints.exitCode(new IOException("torn"))).isEqualTo(ExitCode.UNKNOWN);
  }

  @Test
  void aDefectIsTold() {
    assertThat(Complaints.text(new IllegalStateException("no")))
        .isEqualTo("java.lang.IllegalStateException: no");
    assertThat(Complaints.exitCode(new IllegalStateException("no")))
        .isEqualTo(ExitCode.INTERNAL_ERROR);
  }
}
