package org.migreg.integration.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migreg.api.RunningService;
import org.migreg.history.ExpectedVersion;
import org.migreg.history.Revision;
import org.migreg.policy.change.TableEdit;
import org.migreg.policystore.PolicyStore;
import org.migreg.qemu.MachineType;
import org.migreg.revision.RevisionLog;
import org.migreg.storage.Database;
import org.migreg.storage.RunningStores;

/** The starting data are there as a whole, wherever an earlier start was cut off. */
class SeedingTests {

    private static final String QUESTION = """
            {"machineType": "virt-10.1", "revision": %d,
             "source": {"kernel": "6.12.107+deb13-arm64", "cpuModel": "neoverse-v1"},
             "destination": {"kernel": "6.18.15+deb13-arm64", "cpuModel": "neoverse-v1"}}""";

    @TempDir
    private Path directory;

    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + directory.resolve("migreg")
                                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                        "sa",
                        "");
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static List<String> reasons(RevisionLog log) {
        return log.listAfter(0, 10).stream().map(Revision::reason).toList();
    }

    /** What the README tells about revisions 1 and 2, and that the captures are there to tell it from. */
    private void theExampleOfTheReadmeHolds() {
        try (RunningService service = new RunningService(directory)) {
            assertThat(reasons(service.bean(RevisionLog.class)))
                    .containsExactly(
                            "Start with the virt machine types up to 11.1",
                            "Start with the known events",
                            "Start with captured lists of real kernels");
            assertThat(verdict(service, 1)).isEqualTo("INCOMPATIBLE");
            assertThat(verdict(service, 2)).isEqualTo("COMPATIBLE_WITH_WARNINGS");
        }
    }

    private static String verdict(RunningService service, long revision) {
        return service.ask("/api/v1/evaluations", QUESTION.formatted(revision))
                .json()
                .get("verdict")
                .asString();
    }

    @Test
    void aStartThatFailsAtTheCapturesLeavesNothingAndTheNextOneStartsWithAll() throws SQLException {
        try (RunningStores empty = RunningStores.on(Database.h2(directory))) {
            assertThat(empty.log().latest()).isEmpty();
        }
        sql("alter table capture add constraint no_more check (accelerator <> 'kvm')");
        assertThatThrownBy(() -> new RunningService(directory).close()).hasStackTraceContaining("no_more");

        sql("alter table capture drop constraint no_more");
        try (RunningStores left = RunningStores.on(Database.h2(directory))) {
            assertThat(left.log().latest()).isEmpty();
            assertThat(left.policies().current().table().machineTypes()).isEmpty();
        }
        theExampleOfTheReadmeHolds();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatAnEarlierVersionLeftWhereItWasCutOffIsTakenUp(int written) throws SQLException {
        new RunningService(directory).close();
        sql(
                "delete from capture_attributes_version",
                "delete from capture",
                "delete from policy_entry_version where valid_from > " + written,
                "delete from revision where number > " + written,
                "update registry_head set revision = " + written + ", tables_revision = " + written
                        + ", captures_revision = 0");

        theExampleOfTheReadmeHolds();
    }

    @Test
    void whatSomebodyHasWrittenSinceIsLeftAlone() {
        try (RunningStores stores = RunningStores.on(Database.h2(directory))) {
            stores.policies()
                    .apply(
                            List.of(new TableEdit.PutMachineType(new MachineType("virt-1.0", "aarch64", null, ""))
                                    .expecting(ExpectedVersion.absent())),
                            "migreg",
                            "Start with the virt machine types up to 11.1");
            stores.policies()
                    .apply(
                            List.of(new TableEdit.PutMachineType(new MachineType("virt-1.1", "aarch64", null, ""))
                                    .expecting(ExpectedVersion.absent())),
                            "alice",
                            "went on without entries");
        }
        try (RunningService service = new RunningService(directory)) {
            assertThat(service.bean(RevisionLog.class).head().revision()).isEqualTo(2);
            assertThat(service.bean(PolicyStore.class).current().table().machineTypes())
                    .hasSize(2);
        }
    }
}
