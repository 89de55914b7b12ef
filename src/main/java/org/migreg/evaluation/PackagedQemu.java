package org.migreg.evaluation;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.FactTable;

/** What QEMU packages with backports do: the table {@code qemu-packages.csv}, of which package carries what. */
final class PackagedQemu {

    private record Row(String base, Pattern release, LoadBehaviour behaviour) {

        boolean isOf(QemuVersion qemu) {
            return base.equals(qemu.major() + "." + qemu.minor())
                    && release.matcher(qemu.text()).find();
        }
    }

    private static final List<Row> ROWS =
            FactTable.read("/org/migreg/evaluation/qemu-packages.csv", "base,release,behaviour,source", 4).stream()
                    .map(row -> new Row(
                            row[0],
                            Pattern.compile("\\." + Pattern.quote(row[1]) + "(?![0-9A-Za-z_])"),
                            LoadBehaviour.parse(row[2])))
                    .toList();

    private PackagedQemu() {}

    /** Whether the version is that of a package that may carry backports. */
    static boolean mayCarryBackports(QemuVersion qemu) {
        return qemu.text().contains(".el");
    }

    /** What the package does, or null where that is not known for certain. */
    static @Nullable LoadBehaviour behaviour(QemuVersion qemu) {
        return ROWS.stream()
                .filter(row -> row.isOf(qemu))
                .map(Row::behaviour)
                .findFirst()
                .orElse(null);
    }
}
