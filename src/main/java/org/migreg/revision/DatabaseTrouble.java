package org.migreg.revision;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionTimedOutException;

/** Why the database could not do what it was asked for, where that is no fault of the question and will pass. */
public enum DatabaseTrouble {
    /** There is no room on its disk. */
    FULL("no space is left on the disk: free some, then try again; reading and evaluating go on meanwhile"),
    /** Another writer takes long, and waiting for it was given up. */
    BLOCKED("another write is under way and takes long: try again in a few seconds"),
    /** The connection was lost in the middle of something. */
    BROKEN("the connection to the database broke off, as it does when the database is shut down, or when this instance"
            + " stood still in the middle of a write while others waited: try again in a few seconds"),
    /** It cannot be reached, does not answer, or was closed. */
    UNAVAILABLE("the database does not answer: try again in a few seconds; the newest tables, captures and hosts can be"
            + " read and evaluated meanwhile");

    /** For the HTTP header of that name: what is unavailable is tried again that often. */
    public static final String RETRY_AFTER_SECONDS = "5";

    /** The first two characters are the class; the codes are those of SQL, PostgreSQL and H2. */
    private static final List<String> SQL_STATES_OF_TROUBLE = List.of(
            "08", // no connection
            "40", // rolled back for the sake of others
            "53", // out of disk, memory or connections
            "57", // shut down, or cancelled by a timeout
            "58", // the server's own input and output
            "HYT", // timeouts
            "25006", // read-only, after a failover for example
            "90067", // H2's connection is broken
            "90098", // H2 has closed the database
            "90121"); // H2 is being shut down

    /** PostgreSQL's and H2's. */
    private static final Set<String> SQL_STATES_OF_LOCK_TIMEOUTS = Set.of("55P03", "HYT00");

    /**
     * Lost while in use; ended by PostgreSQL for idling in a transaction, for the transaction's length, by an
     * administrator or another instance, for idling.
     */
    private static final Set<String> SQL_STATES_OF_LOST_CONNECTIONS =
            Set.of("08006", "25P03", "25P04", "57P01", "57P05");

    private static final String SQL_STATE_OF_DISK_FULL = "53100";

    /** What the C library says of ENOSPC, EDQUOT and EFBIG, and what Windows says. */
    private static final List<String> NO_SPACE =
            List.of("No space left on device", "Disk quota exceeded", "File too large", "not enough space on the disk");

    /** H2's own, below what it calls a general error: [version/1] could not read, 2 could not write, 4 has closed. */
    private static final Pattern H2_STORE_FAILURE =
            Pattern.compile(".*MVStoreException: .*\\[[0-9.]+/[124]]", Pattern.DOTALL);

    private final String message;

    DatabaseTrouble(String message) {
        this.message = message;
    }

    /** What to say of it where nothing more is known. */
    public String message() {
        return message;
    }

    /** The trouble that this came of; empty where it came of something else. */
    public static Optional<DatabaseTrouble> in(Throwable problem) {
        List<Throwable> chain = chain(problem);
        return chain.stream().anyMatch(DatabaseTrouble::isFull)
                ? Optional.of(FULL)
                // What wraps the database's own exceptions says less.
                : chain.stream()
                        .flatMap(each -> database(each).stream())
                        .findFirst()
                        .or(() -> chain.stream()
                                .flatMap(each -> wrapper(each).stream())
                                .findFirst());
    }

    /** The problem and all that caused it, in this order. */
    private static List<Throwable> chain(Throwable problem) {
        Set<Throwable> chain = new LinkedHashSet<>();
        Deque<Throwable> open = new ArrayDeque<>(List.of(problem));
        while (!open.isEmpty()) {
            Throwable each = open.remove();
            if (chain.add(each)) {
                if (each.getCause() != null) {
                    open.add(each.getCause());
                }
                if (each instanceof SQLException sql && sql.getNextException() != null) {
                    open.add(sql.getNextException());
                }
            }
        }
        return List.copyOf(chain);
    }

    private static boolean isFull(Throwable problem) {
        return switch (problem) {
            case DatabaseUnavailableException known -> known.trouble() == FULL;
            case SQLException sql -> SQL_STATE_OF_DISK_FULL.equals(sql.getSQLState());
            case IOException io -> isNoSpace(io);
            default -> false;
        };
    }

    private static Optional<DatabaseTrouble> database(Throwable problem) {
        return switch (problem) {
            case DatabaseUnavailableException known -> Optional.of(known.trouble());
            case SQLException sql -> database(sql, Objects.requireNonNullElse(sql.getSQLState(), ""));
            default ->
                H2_STORE_FAILURE.matcher(problem.toString()).matches() ? Optional.of(UNAVAILABLE) : Optional.empty();
        };
    }

    private static Optional<DatabaseTrouble> database(SQLException problem, String state) {
        if (SQL_STATES_OF_LOCK_TIMEOUTS.contains(state)) {
            return Optional.of(BLOCKED);
        }
        if (SQL_STATES_OF_LOST_CONNECTIONS.contains(state)) {
            return Optional.of(BROKEN);
        }
        boolean passes = problem instanceof SQLTransientException
                || problem instanceof SQLRecoverableException
                || problem instanceof SQLNonTransientConnectionException
                || SQL_STATES_OF_TROUBLE.stream().anyMatch(state::startsWith);
        return passes ? Optional.of(UNAVAILABLE) : Optional.empty();
    }

    private static Optional<DatabaseTrouble> wrapper(Throwable problem) {
        return switch (problem) {
            case TransientDataAccessException passing -> Optional.of(UNAVAILABLE);
            case RecoverableDataAccessException passing -> Optional.of(UNAVAILABLE);
            case NonTransientDataAccessResourceException unreachable -> Optional.of(UNAVAILABLE);
            case CannotCreateTransactionException unreachable -> Optional.of(UNAVAILABLE);
            case TransactionTimedOutException passing -> Optional.of(UNAVAILABLE);
            default -> Optional.empty();
        };
    }

    private static boolean isNoSpace(IOException problem) {
        String message = problem.getMessage();
        return message != null && NO_SPACE.stream().anyMatch(message::contains);
    }
}
