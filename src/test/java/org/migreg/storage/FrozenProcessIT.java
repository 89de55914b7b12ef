package org.migreg.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.migreg.history.ExpectedVersion;
import org.migreg.policy.change.TableEdit;
import org.migreg.qemu.MachineType;
import org.migreg.revision.DatabaseTrouble;
import org.migreg.revision.DatabaseUnavailableException;

/** Two processes on one PostgreSQL, one of which stops in the middle of a write. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FrozenProcessIT {

    private RunningStores here;
    private Process there;
    private BufferedReader said;
    private PrintStream tell;

    @BeforeAll
    void start() throws IOException {
        Database database = Database.postgres();
        here = RunningStores.on(database);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                WriterToBeFrozen.class.getName()));
        command.addAll(database.settings());
        there = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        said = there.inputReader(StandardCharsets.UTF_8);
        tell = new PrintStream(there.getOutputStream(), true, StandardCharsets.UTF_8);
        assertThat(said()).isEqualTo("ready");
    }

    @AfterAll
    void stop() {
        there.destroyForcibly();
        here.close();
    }

    private String said() throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("said ")) {
                return line.substring("said ".length());
            }
        }
        throw new IOException("the other process has ended");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(there.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(status).isZero();
    }

    private void createHere(String name) {
        here.policies()
                .apply(
                        List.of(new TableEdit.PutMachineType(new MachineType(name, "aarch64", null, ""))
                                .expecting(ExpectedVersion.absent())),
                        "alice",
                        "test");
    }

    private boolean isThere(String name) {
        return here.policies().current().table().machineType(name) != null;
    }

    @Test
    void othersWriteAlthoughOneIsFrozenAndThatOneIsRefusedWhenItGoesOn() throws Exception {
        tell.println("frozen-1");
        assertThat(said()).isEqualTo("writing");
        signal("STOP");
        try {
            createHere("frozen-2");
        } finally {
            signal("CONT");
        }
        tell.println("go on");

        assertThat(said()).contains("nothing was written");
        assertThat(isThere("frozen-2")).isTrue();
        assertThat(isThere("frozen-1")).isFalse();

        tell.println("frozen-1");
        assertThat(said()).isEqualTo("writing");
        tell.println("go on");
        assertThat(said()).isEqualTo("written");
        createHere("frozen-3");
        assertThat(isThere("frozen-1")).isTrue();
    }

    @Test
    void whoIsAliveMayTakeLongAndOthersAreToldToTryAgain() throws Exception {
        tell.println("slow-1");
        assertThat(said()).isEqualTo("writing");

        // Waits for longer than a process may be asleep.
        assertThatThrownBy(() -> createHere("slow-2"))
                .isInstanceOfSatisfying(
                        DatabaseUnavailableException.class,
                        refused -> assertThat(refused.trouble()).isEqualTo(DatabaseTrouble.BLOCKED));

        tell.println("go on");
        assertThat(said()).isEqualTo("written");
        createHere("slow-3");
        assertThat(isThere("slow-1")).isTrue();
        assertThat(isThere("slow-2")).isFalse();
    }
}
