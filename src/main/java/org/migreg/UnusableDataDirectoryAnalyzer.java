package org.migreg;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do in place of a stack trace. */
final class UnusableDataDirectoryAnalyzer extends AbstractFailureAnalyzer<UnusableDataDirectoryException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableDataDirectoryException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set MIGREG_DATA_DIR (or " + DataDirectory.PROPERTY + ") to a directory that this user may write to.",
                cause);
    }
}
