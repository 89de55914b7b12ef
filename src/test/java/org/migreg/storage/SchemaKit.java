package org.migreg.storage;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.migreg.history.RevisionKind;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the schema itself refuses, on every database, whatever wrote it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SchemaKit {

    private RunningStores stores;
    private JdbcTemplate jdbc;

    abstract Database database();

    @BeforeAll
    void start() {
        stores = RunningStores.on(database());
        jdbc = stores.bean(JdbcTemplate.class);
        insertRevision(1, "TABLES");
    }

    @AfterAll
    void stop() {
        stores.close();
    }

    private void insertRevision(long number, String kind) {
        jdbc.update(
                "insert into revision (number, made_at, author, reason, kind)"
                        + " values (?, current_timestamp, 'alice', 'test', ?)",
                number,
                kind);
    }

    private void insertEntry(long id, String property) {
        jdbc.update(
                "insert into policy_entry_version (entry_id, valid_from, machine_type, property, register_id,"
                        + " kernel_stream, kernel_range, rationale, reference_texts)"
                        + " values (?, 1, 'virt-1.0', ?, '0x603000000013c103', 'upstream', '*', 'why', '[]')",
                id,
                property);
    }

    private void insertCapture(char digit, String accelerator) {
        jdbc.update(
                "insert into capture (id, added_by, added_at, accelerator, vcpu_features, origin, registers)"
                        + " values (?, 1, current_timestamp, ?, '', 'test', ?)",
                "sha256:" + String.valueOf(digit).repeat(64),
                accelerator,
                new byte[0]);
    }

    @Test
    void aRevisionHasAKnownKind() {
        AtomicLong number = new AtomicLong(1);
        for (RevisionKind kind : RevisionKind.values()) {
            assertThatCode(() -> insertRevision(number.incrementAndGet(), kind.name()))
                    .doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> insertRevision(100, "OTHER"))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("revision_kind_known");
    }

    @Test
    void anEntryHasAKnownProperty() {
        assertThatCode(() -> insertEntry(1, "x-mig-hidden-regs")).doesNotThrowAnyException();
        assertThatCode(() -> insertEntry(2, "x-mig-safe-missing-regs")).doesNotThrowAnyException();
        assertThatThrownBy(() -> insertEntry(3, "x-mig-other-regs"))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("policy_entry_version_property_known");
    }

    @Test
    void aCaptureHasAKnownAccelerator() {
        assertThatCode(() -> insertCapture('1', "kvm")).doesNotThrowAnyException();
        assertThatCode(() -> insertCapture('2', "tcg")).doesNotThrowAnyException();
        assertThatThrownBy(() -> insertCapture('3', "hvf"))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("capture_accelerator_known");
    }
}
