package dev.faultline.checkers;

import dev.faultline.checkers.history.History;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a run left to be checked.
 *
 * @param history what clients and nemesis did
 * @param logDirectory a directory with one sub-directory of log files for each node, or null
 */
public record Recording(History history, @Nullable Path logDirectory) {}
