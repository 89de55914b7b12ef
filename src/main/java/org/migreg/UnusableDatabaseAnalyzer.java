package org.migreg;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.migreg.revision.DamagedDataException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;

/** Says what is wrong with the database and what to do, in place of a stack trace. */
final class UnusableDatabaseAnalyzer implements FailureAnalyzer {

    /** H2's codes for a file that it cannot read. */
    private static final Set<Integer> UNREADABLE = Set.of(90028, 90030, 90031);

    private final Environment environment;

    UnusableDatabaseAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnusableDatabaseException unusable) {
                return new FailureAnalysis(unusable.getMessage(), unusable.remedy(), unusable);
            }
            if (cause instanceof DamagedDataException damaged) {
                return analysis("holds what migreg did not write: " + damaged.what(), damaged);
            }
            if (isOfUnreadableFile(cause)) {
                return analysis("is damaged: " + DatabaseFile.firstLine(cause), cause);
            }
        }
        return null;
    }

    private static boolean isOfUnreadableFile(Throwable cause) {
        return cause instanceof SQLException unreadable
                // H2's, of a value that is not of its column's kind: a start asks for whole rows, and converts nothing
                // itself.
                ? unreadable instanceof SQLDataException || UNREADABLE.contains(unreadable.getErrorCode())
                // H2's, of a page that is not what the one above it says.
                : cause.getClass().getName().equals("org.h2.mvstore.MVStoreException");
    }

    private FailureAnalysis analysis(String what, Throwable cause) {
        // Behind the first of these there may be a password.
        String database = environment.getProperty("spring.datasource.url", "").split("[;?]", 2)[0];
        return new FailureAnalysis("The database '" + database + "' " + what + ".", DatabaseFile.RESTORE, cause);
    }
}
