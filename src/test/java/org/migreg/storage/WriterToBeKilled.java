package org.migreg.storage;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.migreg.history.ExpectedVersion;
import org.migreg.policy.change.TableEdit;
import org.migreg.qemu.MachineType;

/** Writes revisions without end, and prints the number and reason of each once it is acknowledged. */
final class WriterToBeKilled {

    static final int THREADS = 3;

    private WriterToBeKilled() {}

    public static void main(String[] arguments) {
        PrintStream acknowledged = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        RunningStores stores = RunningStores.on(Database.h2(Path.of(arguments[0])));
        for (int thread = 0; thread < THREADS; thread++) {
            String name = "thread-" + thread;
            Thread.ofPlatform().name(name).start(() -> write(stores, name, acknowledged));
        }
    }

    private static void write(RunningStores stores, String name, PrintStream acknowledged) {
        for (int i = 0; ; i++) {
            String machineType = name + "." + i;
            long number = stores.policies()
                    .apply(
                            List.of(new TableEdit.PutMachineType(
                                            new MachineType(machineType, "aarch64", null, "x".repeat(i % 2000)))
                                    .expecting(ExpectedVersion.absent())),
                            "writer",
                            machineType)
                    .revision()
                    .number();
            acknowledged.println("acknowledged " + number + " " + machineType);
        }
    }
}
