package org.migreg.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.migreg.history.ExpectedVersion;
import org.migreg.policy.change.TableEdit;
import org.migreg.qemu.MachineType;
import org.migreg.revision.DatabaseUnavailableException;

/**
 * For each name that it reads it makes a machine type, but stops in the middle of the write, says so, and waits for
 * another line; then it says what became of the write.
 */
final class WriterToBeFrozen {

    private WriterToBeFrozen() {}

    public static void main(String[] settings) throws IOException {
        PrintStream said = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (RunningStores stores = RunningStores.on(new Database(List.of(settings)))) {
            said.println("said ready");
            for (String name = told.readLine(); name != null; name = told.readLine()) {
                try {
                    stores.policies()
                            .apply(
                                    List.of(new TableEdit.PutMachineType(new MachineType(name, "aarch64", null, ""))
                                            .expecting(ExpectedVersion.absent())),
                                    "writer",
                                    name,
                                    (change, revision) -> {
                                        said.println("said writing");
                                        awaitLine(told);
                                    });
                    said.println("said written");
                } catch (DatabaseUnavailableException refused) {
                    said.println("said " + refused.getMessage());
                }
            }
        }
    }

    private static void awaitLine(BufferedReader told) {
        try {
            told.readLine();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
