package org.migreg.hostkernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One constraint of a kernel range: a comparator and a version in the order of the range's stream.
 *
 * @param text the version as ranges print it
 * @param position the version's place in that order
 * @param precision how much of a release's version is compared with it
 */
record VersionBound(
        RangeComparator comparator, String text, PackageOrder.Position position, VersionPrecision precision) {

    private static final String SUBJECT = "version in a kernel range";
    private static final int LONGEST_VERSION = 128;
    private static final Pattern UPSTREAM = Pattern.compile(
            "(?<series>(?:0|[1-9][0-9]{0,7})\\.(?:0|[1-9][0-9]{0,7}))(?:\\.(?<patch>0|[1-9][0-9]{0,7}))?(?:-rc(?<rc>0|[1-9][0-9]?))?");
    private static final Pattern ABI_AS_DEBIAN_VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.0-.*");
    private static final Pattern TWO_NUMBERS = Pattern.compile("[0-9]+\\.[0-9]+");
    private static final Pattern DIST_TAG = Pattern.compile("\\.(?:el|fc|oe|amzn)[0-9]");

    /**
     * Reads one constraint without blanks, such as {@code >=6.13} or {@code 6.16.3}, which means equality.
     *
     * @throws IllegalArgumentException if it is malformed or no version of the stream
     */
    static VersionBound parse(KernelStream kernelStream, String constraint) {
        RangeComparator comparator = comparatorOf(constraint);
        String version = constraint.startsWith(comparator.operator())
                ? constraint.substring(comparator.operator().length())
                : constraint;
        if (version.indexOf('%') >= 0) {
            throw Refusal.at(
                    SUBJECT, version, version.indexOf('%'), "percent-encoding is not read; write + and ~ as they are");
        }
        Refusal.checkCharacters(
                SUBJECT, version, LONGEST_VERSION, ReleaseAttribution.PUNCTUATION, example(kernelStream));
        String canonical =
                kernelStream.equals(KernelStream.UPSTREAM) ? upstream(version) : packaged(kernelStream, version);
        String placed = kernelStream.equals(KernelStream.UPSTREAM) ? debText(canonical) : canonical;
        return new VersionBound(
                comparator,
                canonical,
                KernelRelease.orderOf(kernelStream).position(placed),
                VersionPrecision.ofBound(kernelStream, placed));
    }

    /** Where a span's end lies relative to this bound: negative below, 0 at it, positive above. */
    int side(PackageOrder.Position end) {
        return end.compareTo(position);
    }

    /** Compares with another bound, as far as both are precise. */
    int compareCoarsely(KernelStream kernelStream, VersionBound other) {
        VersionPrecision coarser = precision.compareTo(other.precision) < 0 ? precision : other.precision;
        PackageOrder order = position.order();
        return order.position(coarser.cut(kernelStream, position.text()))
                .compareTo(order.position(coarser.cut(kernelStream, other.position.text())));
    }

    @Override
    public String toString() {
        return comparator.operator() + text;
    }

    private static RangeComparator comparatorOf(String constraint) {
        for (RangeComparator comparator : RangeComparator.values()) {
            if (constraint.startsWith(comparator.operator())) {
                return comparator;
            }
        }
        return RangeComparator.EQUAL;
    }

    private static String upstream(String version) {
        Matcher numbers = UPSTREAM.matcher(version);
        if (!numbers.matches()) {
            throw Refusal.of(
                    SUBJECT, version, "is no upstream release; right would be " + example(KernelStream.UPSTREAM));
        }
        String patch = numbers.group("patch");
        String rc = numbers.group("rc");
        boolean opensSeries = patch == null || patch.equals("0");
        return numbers.group("series") + (opensSeries ? "" : "." + patch) + (rc == null ? "" : "-rc" + rc);
    }

    private static String debText(String canonicalUpstream) {
        int rc = canonicalUpstream.indexOf("-rc");
        String numbers = rc < 0 ? canonicalUpstream : canonicalUpstream.substring(0, rc);
        String threeNumbers = TWO_NUMBERS.matcher(numbers).matches() ? numbers + ".0" : numbers;
        return rc < 0 ? threeNumbers : threeNumbers + "~" + canonicalUpstream.substring(rc + 1);
    }

    private static String packaged(KernelStream kernelStream, String version) {
        ReleaseAttribution read = ReleaseAttribution.of(SUBJECT, version);
        String bare = version;
        if (read.kernelStream().equals(kernelStream)) {
            boolean abiOnly = kernelStream.equals(KernelStream.DEBIAN)
                    && read.base().patch().isEmpty();
            bare = abiOnly ? version : read.printedVersion();
        } else if (!read.kernelStream().equals(KernelStream.UPSTREAM)
                && !read.kernelStream().equals(KernelStream.OTHER)) {
            throw Refusal.of(
                    SUBJECT, version, "belongs to stream " + read.kernelStream() + ", the range to " + kernelStream);
        }
        boolean tagged = read.kernelStream().equals(kernelStream);
        if (!tagged && DIST_TAG.matcher(bare).find()) {
            throw Refusal.of(SUBJECT, version, "has a dist tag that is not one of stream " + kernelStream);
        }
        if (kernelStream.equals(KernelStream.DEBIAN)
                && ABI_AS_DEBIAN_VERSION.matcher(bare).matches()) {
            throw Refusal.of(
                    SUBJECT, version, "looks like an ABI number; right would be the package's version, as 6.1.176-1");
        }
        if (KernelRelease.orderOf(kernelStream) == PackageOrder.DEB) {
            KernelRelease.orderOf(kernelStream).position(bare);
        }
        return withUsualNumbers(kernelStream, bare);
    }

    /** Brings a bare 6.1 or 6.1.0 into the form that the stream's packages have: Debian omits the 0. */
    private static String withUsualNumbers(KernelStream kernelStream, String version) {
        if (kernelStream.equals(KernelStream.DEBIAN)) {
            return version.matches("[0-9]+\\.[0-9]+\\.0") ? version.substring(0, version.length() - 2) : version;
        }
        return TWO_NUMBERS.matcher(version).matches() ? version + ".0" : version;
    }

    private static String example(KernelStream kernelStream) {
        return switch (kernelStream.id()) {
            case "upstream" -> "6.13, 6.1.84 or 6.16-rc3";
            case "debian" -> "6.1.176, 6.1.176-1 or 6.12.43-1~bpo12+1";
            case "ubuntu" -> "6.8.0, 6.8.0-45 or 6.8.0-45.45";
            default -> "5.14.0, 5.14.0-503 or 5.14.0-503.14.1.el9_5";
        };
    }
}
