package org.migreg.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.FactTable;

/** What QEMU packages with backports do: the table {@code qemu-packages.csv}, of which package carries what. */
final class PackagedQemu {

    private record Row(Pattern text, int first, int last, LoadBehaviour behaviour) {

        static Row of(String[] row) {
            boolean every = row[1].equals("*");
            String[] builds = row[1].split("-", 2);
            String dists = Arrays.stream(row[2].split(" ")).map(Pattern::quote).collect(Collectors.joining("|"));
            return new Row(
                    Pattern.compile("(?<![0-9.])" + Pattern.quote(row[0]) + "-([0-9]{1,6})\\.(?:" + dists + ")"
                            + (every ? "(?:\\.[0-9]{1,6})?" : "") + "(?:\\.aarch64)?(?=[ )]|$)"),
                    every ? 0 : Integer.parseInt(builds[0]),
                    every ? Integer.MAX_VALUE : Integer.parseInt(builds[1]),
                    LoadBehaviour.parse(row[3]));
        }

        boolean isOf(QemuVersion qemu) {
            Matcher matcher = text.matcher(qemu.text());
            if (!matcher.find()) {
                return false;
            }
            int build = Integer.parseInt(matcher.group(1));
            return first <= build && build <= last;
        }
    }

    private static final List<Row> ROWS =
            FactTable.read("/org/migreg/evaluation/qemu-packages.csv", "version,builds,dist,behaviour,source", 5)
                    .stream()
                    .map(Row::of)
                    .toList();

    /** As package releases and {@code -version} have them: Enterprise Linux, openEuler, Anolis, Amazon, Kylin, TencentOS, SUSE. */
    private static final Pattern ENTERPRISE =
            Pattern.compile("[.+](?:el|oe|an|al|amzn|ky|tl|uel)[0-9]|SUSE Linux Enterprise|-150[0-9]{3}\\.");

    private PackagedQemu() {}

    /** Whether the version is that of a package that may carry backports. */
    static boolean mayCarryBackports(QemuVersion qemu) {
        return ENTERPRISE.matcher(qemu.text()).find();
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
