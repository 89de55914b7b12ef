package org.migreg.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Which failures are the database's, and pass. */
class DatabaseTroubleTests {

    @TestFactory
    Stream<DynamicTest> whatDatabasesSayIsToldByItsCode() {
        return Map.ofEntries(
                        Map.entry("53100", DatabaseTrouble.FULL),
                        Map.entry("55P03", DatabaseTrouble.BLOCKED),
                        Map.entry("HYT00", DatabaseTrouble.BLOCKED),
                        Map.entry("08006", DatabaseTrouble.BROKEN),
                        Map.entry("25P03", DatabaseTrouble.BROKEN),
                        Map.entry("57P01", DatabaseTrouble.BROKEN),
                        Map.entry("08001", DatabaseTrouble.UNAVAILABLE),
                        Map.entry("25006", DatabaseTrouble.UNAVAILABLE),
                        Map.entry("40001", DatabaseTrouble.UNAVAILABLE),
                        Map.entry("53300", DatabaseTrouble.UNAVAILABLE),
                        Map.entry("57014", DatabaseTrouble.UNAVAILABLE),
                        Map.entry("57P03", DatabaseTrouble.UNAVAILABLE),
                        Map.entry("58030", DatabaseTrouble.UNAVAILABLE),
                        Map.entry("90098", DatabaseTrouble.UNAVAILABLE))
                .entrySet()
                .stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.getKey(),
                        () -> assertThat(DatabaseTrouble.in(
                                        new IllegalStateException(new SQLException("refused", each.getKey()))))
                                .contains(each.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> whatIsWrongWithTheQuestionIsNoTrouble() {
        return Stream.of("23505", "22021", "42P01", "XX001", "90030")
                .map(state -> DynamicTest.dynamicTest(
                        state,
                        () -> assertThat(DatabaseTrouble.in(new DataIntegrityViolationException(
                                        "refused", new SQLException("refused", state))))
                                .isEmpty()));
    }

    @Test
    void aFullDiskIsToldWhereverItStandsInTheChain() {
        BatchUpdateException batch = new BatchUpdateException();
        batch.setNextException(new SQLException("could not extend file", "53100"));
        assertThat(DatabaseTrouble.in(new CannotCreateTransactionException("failed", batch)))
                .contains(DatabaseTrouble.FULL);
        assertThat(DatabaseTrouble.in(new SQLException(
                        "The database has been closed", "90098", 90098, new IOException("No space left on device"))))
                .contains(DatabaseTrouble.FULL);
    }

    @Test
    void theDatabaseItselfSaysMoreThanWhatWrapsIt() {
        assertThat(DatabaseTrouble.in(
                        new CannotAcquireLockException("failed", new SQLException("lock timeout", "55P03"))))
                .contains(DatabaseTrouble.BLOCKED);
        assertThat(DatabaseTrouble.in(new CannotCreateTransactionException(
                        "failed", new SQLTransientConnectionException(new SQLException("validation", "08006")))))
                .contains(DatabaseTrouble.UNAVAILABLE);
        assertThat(DatabaseTrouble.in(new CannotCreateTransactionException("failed")))
                .contains(DatabaseTrouble.UNAVAILABLE);
    }
}
