package org.migreg;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLDataException;
import java.sql.SQLException;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.mock.env.MockEnvironment;

/** What is wrong with a database is a sentence, however deep in a start it comes to light. */
class UnusableDatabaseAnalyzerTests {

    private final UnusableDatabaseAnalyzer analyzer = new UnusableDatabaseAnalyzer(
            new MockEnvironment().withProperty("spring.datasource.url", "jdbc:h2:file:/data/migreg;PASSWORD=secret"));

    @Test
    void aPageThatIsNotWhatItShouldBeIsDamage() {
        FailureAnalysis analysis = analyzer.analyze(new IllegalStateException(
                "Failed to make 'captureStore'",
                new SQLException(
                        "General error: \"org.h2.mvstore.MVStoreException: File corrupted\"",
                        "HY000",
                        50000,
                        new MVStoreException(6, "File corrupted in chunk 227, expected page length 4..6144, got 0"))));

        assertThat(analysis.getDescription())
                .isEqualTo("The database 'jdbc:h2:file:/data/migreg' is damaged: File corrupted in chunk 227, expected"
                        + " page length 4..6144, got 0.");
        assertThat(analysis.getAction()).contains("docs/storage.md, Restore");
    }

    @Test
    void aRecordThatCannotBeReadIsDamageAndTheRemedyIsOurs() {
        FailureAnalysis analysis = analyzer.analyze(new IllegalStateException(new SQLException(
                "File corrupted while reading record: \"x\". Possible solution: use the recovery tool [90030-240]",
                "90030",
                90030)));

        assertThat(analysis.getDescription())
                .isEqualTo("The database 'jdbc:h2:file:/data/migreg' is damaged: File corrupted while reading record:"
                        + " \"x\" [90030-240].");
    }

    /** Bytes that were overwritten may read as a value of another kind, such as a number where a text belongs. */
    @Test
    void aValueThatIsNotOfItsColumnsKindIsDamage() {
        FailureAnalysis analysis = analyzer.analyze(new IllegalStateException(new SQLDataException(
                "Data conversion error converting \"BIGINT, BINARY VARYING\"; SQL statement:\nselect 1 [22018-240]",
                "22018",
                22018)));

        assertThat(analysis.getDescription())
                .startsWith("The database 'jdbc:h2:file:/data/migreg' is damaged: Data conversion error converting");
        assertThat(analysis.getAction()).contains("docs/storage.md, Restore");
    }

    @Test
    void anotherFailureIsNotCalledDamage() {
        assertThat(analyzer.analyze(new IllegalStateException(new SQLException("no such table", "42102", 42102))))
                .isNull();
    }
}
