package dev.faultline.harness.docker;

import dev.faultline.harness.EnvironmentException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests where no container engine answers, and says what is missing and how to get it. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsDocker.EngineAnswers.class)
public @interface NeedsDocker {

  /** Asks the engine, once for each class or method that needs it. */
  final class EngineAnswers implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      try {
        return ConditionEvaluationResult.enabled(
            "engine " + Engine.connect().version() + " answers");
      } catch (EnvironmentException e) {
        return ConditionEvaluationResult.disabled(String.valueOf(e.getMessage()));
      }
    }
  }
}
