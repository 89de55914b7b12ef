package org.migreg.hostkernel;

import java.util.Comparator;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The upstream release that a kernel's leading numbers name: a series ({@code 6.12}) and, where known,
 * the patch level in it. Text with two numbers is a series whose patch level is not known; a known
 * patch level is always written, {@code 6.16.0}, a release candidate as {@code 6.16.0-rc3}.
 *
 * @param major 0 to 99,999,999, as each of the numbers
 * @param minor second number of the series
 * @param patch the stable patch level; 0 is the release that opened the series; empty where not known
 * @param releaseCandidate n of {@code -rcn}, only with a known patch level: {@code 6.12.5-rc1} is a stable kernel under review
 */
public record UpstreamVersion(int major, int minor, OptionalInt patch, OptionalInt releaseCandidate) {

    static final int HIGHEST_NUMBER = 99_999_999;

    private static final Pattern CANONICAL = Pattern.compile(
            "(0|[1-9][0-9]{0,7})\\.(0|[1-9][0-9]{0,7})(?:\\.(0|[1-9][0-9]{0,7})(?:-rc(0|[1-9][0-9]{0,7}))?)?");

    static final Comparator<UpstreamVersion> BY_SERIES =
            Comparator.comparingInt(UpstreamVersion::major).thenComparingInt(UpstreamVersion::minor);

    /** @throws IllegalArgumentException if a number is out of bounds, or a candidate has no patch level */
    public UpstreamVersion {
        Objects.requireNonNull(patch, "patch");
        Objects.requireNonNull(releaseCandidate, "releaseCandidate");
        checkNumber("major", major);
        checkNumber("minor", minor);
        checkNumber("patch", patch.orElse(0));
        checkNumber("release candidate", releaseCandidate.orElse(0));
        if (releaseCandidate.isPresent() && patch.isEmpty()) {
            throw new IllegalArgumentException("release candidate " + releaseCandidate.getAsInt() + " of " + major + "."
                    + minor + " needs a patch level");
        }
    }

    /**
     * Reads the canonical text.
     *
     * @throws IllegalArgumentException unless it is like 6.12, 6.12.107 or 6.16.0-rc3
     */
    public static UpstreamVersion parse(String text) {
        Matcher numbers = CANONICAL.matcher(text);
        if (!numbers.matches()) {
            throw Refusal.of("upstream version", text, "is malformed; right would be 6.12, 6.12.107 or 6.16.0-rc3");
        }
        return new UpstreamVersion(
                Integer.parseInt(numbers.group(1)),
                Integer.parseInt(numbers.group(2)),
                optional(numbers.group(3)),
                optional(numbers.group(4)));
    }

    /** The two numbers of the series: {@code 6.12}. */
    public String series() {
        return major + "." + minor;
    }

    @Override
    public String toString() {
        return series()
                + (patch.isPresent() ? "." + patch.getAsInt() : "")
                + (releaseCandidate.isPresent() ? "-rc" + releaseCandidate.getAsInt() : "");
    }

    private static OptionalInt optional(@Nullable String digits) {
        return digits == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
    }

    private static void checkNumber(String name, int number) {
        if (number < 0 || number > HIGHEST_NUMBER) {
            throw new IllegalArgumentException(
                    name + " " + number + " of an upstream version must be between 0 and " + HIGHEST_NUMBER);
        }
    }
}
