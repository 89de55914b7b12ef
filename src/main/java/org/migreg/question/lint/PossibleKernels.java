package org.migreg.question.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hostkernel.KernelStream;
import org.migreg.hostkernel.RangeMatch;

/**
 * Kernels that could exist on either side of a range's bounds: where none of them lies in a range,
 * none ever will. Known for upstream, whose releases are numbers without gaps, and for Enterprise
 * Linux, where each major release keeps one base version for life (el8 4.18.0, el9 5.14.0, el10
 * 6.12.0); ranges of other streams are taken to be possible.
 */
final class PossibleKernels {

    private static final Map<String, String> ENTERPRISE_BASES =
            Map.of("el7", "3.10.0", "el8", "4.18.0", "el9", "5.14.0", "el10", "6.12.0");

    private static final Pattern UPSTREAM_BOUND =
            Pattern.compile("([0-9]+)\\.([0-9]+)(?:\\.([0-9]+))?(?:-rc([0-9]+))?");
    private static final Pattern BUILD = Pattern.compile("-([0-9]{1,8})");

    private PossibleKernels() {}

    static boolean anyIn(KernelRange range) {
        List<String> around = around(range);
        return around.isEmpty() || around.stream().anyMatch(text -> isIn(range, text));
    }

    /** Half a sentence for a range that {@link #anyIn} refuses. */
    static String whyNone(KernelRange range) {
        String base = ENTERPRISE_BASES.get(range.kernelStream().id());
        return base == null
                ? "no release lies between its bounds"
                : "every kernel of " + range.kernelStream() + " is a " + base + ", whatever was backported to it";
    }

    /** A kernel in both ranges, in words, or null where none is found. */
    static @Nullable String inBoth(KernelRange a, KernelRange b) {
        if (!a.kernelStream().equals(b.kernelStream())) {
            return null;
        }
        List<String> around = new ArrayList<>(around(a));
        around.addAll(around(b));
        // A plain release says more to a person than a candidate or the end of a series.
        around.sort(Comparator.comparing(text -> text.contains("-rc") || text.endsWith(".999")));
        for (String text : around) {
            if (isIn(a, text) && isIn(b, text)) {
                return "kernel " + text;
            }
        }
        return null;
    }

    private static boolean isIn(KernelRange range, String release) {
        return !(range.match(KernelRelease.parse(release)) instanceof RangeMatch.DoesNotMatch);
    }

    private static List<String> around(KernelRange range) {
        String stream = range.kernelStream().id();
        String base = ENTERPRISE_BASES.get(stream);
        if (base != null) {
            return enterpriseKernels(range, stream, base);
        }
        return range.kernelStream().equals(KernelStream.UPSTREAM) ? upstreamKernels(range) : List.of();
    }

    private static List<String> upstreamKernels(KernelRange range) {
        List<String> texts = new ArrayList<>(List.of("2.6.39", "99.0.0"));
        for (String bound : range.constraints().split("\\|", -1)) {
            Matcher numbers = UPSTREAM_BOUND.matcher(bound);
            if (!numbers.find()) {
                continue;
            }
            int major = Integer.parseInt(numbers.group(1));
            int minor = Integer.parseInt(numbers.group(2));
            int patch = numbers.group(3) == null ? 0 : Integer.parseInt(numbers.group(3));
            String series = major + "." + minor;
            texts.add(series + "." + patch);
            texts.add(series + "." + (patch + 1));
            if (patch > 0) {
                texts.add(series + "." + (patch - 1));
            }
            texts.add(series + ".0-rc1");
            if (numbers.group(4) != null) {
                int candidate = Integer.parseInt(numbers.group(4));
                texts.add(series + ".0-rc" + candidate);
                texts.add(series + ".0-rc" + (candidate + 1));
            }
            if (minor > 0) {
                texts.add(major + "." + (minor - 1) + ".999");
            }
        }
        return texts;
    }

    private static List<String> enterpriseKernels(KernelRange range, String stream, String base) {
        List<String> builds = new ArrayList<>(List.of("1", "99999"));
        Matcher build = BUILD.matcher(range.constraints());
        while (build.find()) {
            int number = Integer.parseInt(build.group(1));
            builds.add(build.group(1));
            builds.add(build.group(1) + ".99999.1");
            builds.add(Integer.toString(number + 1));
            builds.add(Integer.toString(Math.max(0, number - 1)));
        }
        return builds.stream()
                .map(number -> base + "-" + number + "." + stream + ".aarch64")
                .toList();
    }
}
