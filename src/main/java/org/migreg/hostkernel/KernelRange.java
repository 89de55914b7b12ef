package org.migreg.hostkernel;

import io.github.nscuro.versatile.Vers;
import io.github.nscuro.versatile.VersException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Host kernels of one stream, between versions: constraints in the notation of VERS (version range
 * specifier, ECMA-427), such as {@code >=6.13|<6.20}, {@code >=6.1.84|<6.2|>=6.6.30|<6.7},
 * {@code =6.16.3}, {@code !=6.16.3} or {@code *}. Versions ascend, each occurs once, lower and upper
 * bounds alternate. As in VERS a version without comparator means equality; {@link #toString} writes
 * the {@code =}.
 *
 * <p>Versions are those of the stream's package tool, for {@code upstream} release names with an
 * optional {@code -rcN}, {@code 6.16} being 6.16.0. A bound is compared with as much of a release's
 * version as it names itself: {@code 5.14.0} with the version, {@code 5.14.0-503} with what stands before
 * the dist tag ({@code 5.14.0-503.el9} is equal to it, {@code 5.14.0-503.14.1.el9_5} above),
 * {@code 6.8.0-45} with Ubuntu's ABI number, {@code 6.1.176} with all Debian revisions of it.
 * Architecture and flavour behind a bound are dropped.
 *
 * <p>Equal ranges have equal streams and equal constraints.
 */
public final class KernelRange {

    private static final KernelRange EVERY_HOST = new KernelRange(KernelStream.ANY, List.of());
    private static final int LONGEST_TEXT = 1024;
    private static final int MOST_CONSTRAINTS = 64;
    private static final String SUBJECT = "kernel range";
    private static final String EXAMPLE = ">=6.13|<6.20";

    private final KernelStream kernelStream;
    private final List<VersionBound> bounds;
    private final String constraints;
    private final int hash;

    private KernelRange(KernelStream kernelStream, List<VersionBound> bounds) {
        this.kernelStream = kernelStream;
        this.bounds = List.copyOf(bounds);
        this.constraints = bounds.isEmpty()
                ? "*"
                : bounds.stream().map(VersionBound::toString).collect(Collectors.joining("|"));
        this.hash = 31 * kernelStream.hashCode() + constraints.hashCode();
    }

    /** Every host, also one whose kernel is not known. */
    public static KernelRange any() {
        return EVERY_HOST;
    }

    /**
     * Reads {@code stream/constraints}, as {@link #toString} writes it: {@code upstream/>=6.13|<6.20}.
     *
     * @throws IllegalArgumentException if either part is malformed
     */
    public static KernelRange parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw Refusal.of(SUBJECT, text, "has no stream; right would be upstream/" + EXAMPLE);
        }
        return parse(KernelStream.parse(text.substring(0, slash)), text.substring(slash + 1));
    }

    /**
     * Reads constraints that are in order and without blanks.
     *
     * @param constraints at most 1,024 characters and 64 constraints; {@code *} alone for the streams
     *     {@code any} and {@code other}, whose releases have no order
     * @throws IllegalArgumentException if they are malformed, out of order, repeated or contradictory
     */
    public static KernelRange parse(KernelStream kernelStream, String constraints) {
        return of(kernelStream, constraints, false);
    }

    /**
     * Reads constraints in any order, with blanks, with commas between them, with empty ones, repeated ones, and with a {@code v}
     * before versions.
     *
     * @throws IllegalArgumentException if they are malformed or contradictory even so
     */
    public static KernelRange parseLenient(KernelStream kernelStream, String constraints) {
        return of(kernelStream, constraints, true);
    }

    /** The stream whose releases the range takes in; {@code any} for {@link #any}. */
    public KernelStream kernelStream() {
        return kernelStream;
    }

    /** The constraints, normalised: {@code >=6.13|<6.20}. */
    public String constraints() {
        return constraints;
    }

    /**
     * Whether a host's kernel lies in the range. A range over {@code upstream} is compared with the base
     * version of releases whose stream follows upstream numbering; releases of streams with numbers of
     * their own never match it. Other ranges match only releases of their own stream.
     *
     * @param release the host's kernel, or null if that is not known
     */
    public RangeMatch match(@Nullable KernelRelease release) {
        if (kernelStream.equals(KernelStream.ANY)) {
            return new RangeMatch.Matches("The range takes in every host.");
        }
        if (release == null) {
            return new RangeMatch.Undecided(
                    "The host's kernel release is not known, so it may or may not lie in " + this + ".");
        }
        if (kernelStream.equals(KernelStream.UPSTREAM)) {
            return matchUpstream(release);
        }
        if (!kernelStream.equals(release.kernelStream())) {
            return new RangeMatch.DoesNotMatch("Kernel " + release + " belongs to stream " + release.kernelStream()
                    + ", the range " + this + " to another.");
        }
        String shown = "Kernel " + release + " is version " + release.shownVersion() + " of stream " + kernelStream;
        return switch (reach(release)) {
            case Inside() -> new RangeMatch.Matches(shown + ", which lies in " + constraints + ".");
            case Outside() -> new RangeMatch.DoesNotMatch(shown + ", which lies outside " + constraints + ".");
            case Across(VersionBound bound) ->
                new RangeMatch.Undecided("Kernel " + release + " does not say which package version of stream "
                        + kernelStream + " it is, and the bound " + bound
                        + " falls among the possible ones: give the package version.");
        };
    }

    /**
     * Whether {@link #match} answers that the release does not match; without the reason, whose words cost more than the
     * answer where thousands of ranges are asked.
     */
    public boolean surelyExcludes(@Nullable KernelRelease release) {
        if (release == null || kernelStream.equals(KernelStream.ANY)) {
            return false;
        }
        boolean comparable = kernelStream.equals(KernelStream.UPSTREAM)
                ? release.kernelStream().upstreamNumbering() != UpstreamNumbering.OWN
                : kernelStream.equals(release.kernelStream());
        return !comparable || reach(release) instanceof Outside;
    }

    private RangeMatch matchUpstream(KernelRelease release) {
        return switch (release.kernelStream().upstreamNumbering()) {
            case OWN ->
                new RangeMatch.DoesNotMatch("Kernel " + release + " belongs to stream " + release.kernelStream()
                        + ", which backports under numbers of its own, so no upstream range applies to it.");
            case FOLLOWED -> {
                String shown = "Kernel " + release + " is upstream " + upstreamName(release);
                yield switch (reach(release)) {
                    case Inside() -> new RangeMatch.Matches(shown + ", which lies in " + constraints + ".");
                    case Outside() -> new RangeMatch.DoesNotMatch(shown + ", which lies outside " + constraints + ".");
                    case Across(VersionBound bound) ->
                        new RangeMatch.Undecided("Kernel " + release + " does not say its patch level in the series "
                                + release.base().series() + ", and the bound " + bound
                                + " falls inside that series: give the package version"
                                + (release.kernelStream().equals(KernelStream.UBUNTU)
                                        ? " with its upstream patch level, as /proc/version_signature has it."
                                        : "."));
                };
            }
            case UNKNOWN ->
                switch (reach(release)) {
                    case Outside() ->
                        new RangeMatch.DoesNotMatch("Kernel " + release + " cannot be attributed to a stream, and"
                                + " upstream " + upstreamName(release) + ", which it would be by its numbers, lies"
                                + " outside " + constraints + ".");
                    case Inside(), Across(VersionBound _) ->
                        new RangeMatch.Undecided("Kernel " + release + " cannot be attributed to a stream, so whether"
                                + " its numbers mean upstream's, and it lies in " + constraints + ", is not known.");
                };
        };
    }

    private static String upstreamName(KernelRelease release) {
        return release.base() + (release.patchLevelKnown() ? "" : " (patch level not known)");
    }

    /** How what is known of a release's place relates to the range. */
    private sealed interface Reach {}

    private record Inside() implements Reach {}

    private record Outside() implements Reach {}

    /** @param bound the lowest bound that decides and cannot be told from the release's place */
    private record Across(VersionBound bound) implements Reach {}

    /**
     * The bounds cut the order into places: 2i is the gap below bound i, 2i + 1 the bound itself, 2n what
     * lies above all. Each is wholly inside or outside, so a span of places decides if all of them agree.
     */
    private Reach reach(KernelRelease release) {
        int lowest = place(release, false);
        boolean exact = kernelStream.equals(KernelStream.UPSTREAM)
                && release.upstreamSpan().isExact();
        int highest = exact ? lowest : place(release, true);
        boolean lowestInside = isInside(lowest);
        for (int place = lowest + 1; place <= highest; place++) {
            if (isInside(place) != lowestInside) {
                return new Across(bounds.get((place - 1) / 2));
            }
        }
        return lowestInside ? new Inside() : new Outside();
    }

    private int place(KernelRelease release, boolean ofHighest) {
        for (int i = 0; i < bounds.size(); i++) {
            VersionBound bound = bounds.get(i);
            PackageOrder.Span span = kernelStream.equals(KernelStream.UPSTREAM)
                    ? release.upstreamSpan()
                    : release.spanFor(bound.precision(), bound.position().text());
            int side = bound.side(ofHighest ? span.highest() : span.lowest());
            if (side <= 0) {
                return side < 0 ? 2 * i : 2 * i + 1;
            }
        }
        return 2 * bounds.size();
    }

    private boolean isInside(int place) {
        if (place % 2 == 1) {
            return bounds.get(place / 2).comparator().includesItself();
        }
        for (int i = place / 2; i < bounds.size(); i++) {
            if (bounds.get(i).comparator().isUpper()
                    || bounds.get(i).comparator().isLower()) {
                return bounds.get(i).comparator().isUpper();
            }
        }
        for (int i = place / 2 - 1; i >= 0; i--) {
            if (bounds.get(i).comparator().isUpper()
                    || bounds.get(i).comparator().isLower()) {
                return bounds.get(i).comparator().isLower();
            }
        }
        // Without bounds, "!=" leaves everything else in, "=" nothing.
        return bounds.stream().noneMatch(bound -> bound.comparator().includesItself());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KernelRange that
                && kernelStream.equals(that.kernelStream)
                && constraints.equals(that.constraints);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Stream and constraints: {@code upstream/>=6.13|<6.20}. */
    @Override
    public String toString() {
        return kernelStream + "/" + constraints;
    }

    private static KernelRange of(KernelStream kernelStream, String constraints, boolean lenient) {
        Objects.requireNonNull(kernelStream, "kernelStream");
        String text = lenient ? constraints.replace(" ", "").replace("\t", "").replace(',', '|') : constraints;
        if (text.length() > LONGEST_TEXT) {
            throw Refusal.of(
                    SUBJECT, text, "has " + text.length() + " characters; at most " + LONGEST_TEXT + " are possible");
        }
        if (text.equals("*")) {
            return kernelStream.equals(KernelStream.ANY) ? EVERY_HOST : new KernelRange(kernelStream, List.of());
        }
        if (kernelStream.equals(KernelStream.ANY) || kernelStream.equals(KernelStream.OTHER)) {
            throw Refusal.of(
                    SUBJECT,
                    text,
                    "cannot be over stream " + kernelStream + ", whose releases have no order; right would be *");
        }
        List<VersionBound> bounds = new ArrayList<>();
        int position = 0;
        for (String part : text.split("\\|", -1)) {
            if (!(lenient && part.isEmpty())) {
                bounds.add(bound(kernelStream, text, part, position, lenient));
            }
            position += part.length() + 1;
        }
        if (bounds.isEmpty() || bounds.size() > MOST_CONSTRAINTS) {
            throw Refusal.of(
                    SUBJECT, text, "has " + bounds.size() + " constraints; 1 to " + MOST_CONSTRAINTS + " are possible");
        }
        List<VersionBound> ordered = lenient ? inOrder(bounds) : bounds;
        checkOrder(kernelStream, text, ordered);
        checkSequence(kernelStream, text, ordered);
        return new KernelRange(kernelStream, ordered);
    }

    private static VersionBound bound(
            KernelStream kernelStream, String text, String part, int position, boolean lenient) {
        if (part.indexOf(',') >= 0) {
            throw Refusal.at(
                    SUBJECT,
                    text,
                    position + part.indexOf(','),
                    "| stands between constraints; right would be " + text.replace(',', '|'));
        }
        if (part.equals("*")) {
            throw Refusal.at(SUBJECT, text, position, "* stands alone, without other constraints");
        }
        String constraint = lenient ? part.replaceFirst("^([<>=!]*)v", "$1") : part;
        try {
            return VersionBound.parse(kernelStream, constraint);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    SUBJECT + ", constraint at position " + position + ": " + e.getMessage(), e);
        }
    }

    private static List<VersionBound> inOrder(List<VersionBound> bounds) {
        List<VersionBound> ordered = new ArrayList<>();
        bounds.stream().sorted(Comparator.comparing(VersionBound::position)).forEach(bound -> {
            if (ordered.isEmpty() || !ordered.getLast().toString().equals(bound.toString())) {
                ordered.add(bound);
            }
        });
        return ordered;
    }

    private static void checkOrder(KernelStream kernelStream, String text, List<VersionBound> bounds) {
        for (int i = 1; i < bounds.size(); i++) {
            VersionBound earlier = bounds.get(i - 1);
            VersionBound later = bounds.get(i);
            int order = earlier.compareCoarsely(kernelStream, later);
            if (order > 0) {
                throw Refusal.of(
                        SUBJECT,
                        text,
                        "is out of order: " + later + " comes after " + earlier + ", but versions must ascend; right"
                                + " would be " + later + "|" + earlier + ", if that is meant");
            }
            if (order == 0) {
                throw Refusal.of(
                        SUBJECT,
                        text,
                        "names one version twice: " + earlier + " and " + later
                                + "; each version may occur once, and at one precision");
            }
        }
    }

    private static void checkSequence(KernelStream kernelStream, String text, List<VersionBound> bounds) {
        String scheme = KernelRelease.orderOf(kernelStream).scheme();
        Vers.Builder builder = Vers.builder(scheme);
        try {
            new Vers(
                            scheme,
                            bounds.stream()
                                    .map(bound -> builder.createConstraint(
                                            bound.comparator().inLibrary(),
                                            bound.position().text()))
                                    .toList())
                    .validate();
        } catch (VersException e) {
            throw new IllegalArgumentException(
                    SUBJECT + " \"" + text + "\" is contradictory or redundant: lower and upper bounds must alternate,"
                            + " and an = may not stand below an upper bound; right would be " + EXAMPLE,
                    e);
        }
    }
}
