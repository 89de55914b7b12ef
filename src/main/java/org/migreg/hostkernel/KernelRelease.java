package org.migreg.hostkernel;

import java.util.Comparator;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The kernel release of a host: what {@code uname -r} prints, and the package version where that was
 * given too, since Debian up to 12 and Ubuntu print an ABI number in place of the patch level.
 *
 * <p>Two releases are equal if both texts are. {@link #compareWithin} orders versions, so releases that
 * differ only in architecture or flavour compare as 0 without being equal.
 */
public final class KernelRelease {

    private static final Pattern WITH_PACKAGE = Pattern.compile("(?<release>[^ ]+) \\((?<package>[^()]+)\\)");
    private static final String HIGHEST = "999999999";

    private static final Comparator<KernelRelease> BY_NUMBERS = Comparator.comparing(
                    KernelRelease::base, UpstreamVersion.BY_SERIES)
            .thenComparingInt(release -> release.base().patch().orElse(0));

    /** An order over all releases, only for listings: numbers, then stream, then version, then text. */
    public static final Comparator<KernelRelease> LISTING_ORDER = BY_NUMBERS
            .thenComparing(KernelRelease::kernelStream)
            .thenComparing(release -> release.orderingPosition)
            .thenComparing(KernelRelease::toString);

    private final String text;
    private final KernelStream kernelStream;
    private final UpstreamVersion base;
    private final @Nullable String packageVersion;
    private final @Nullable String packageSuffix;
    private final String printedVersion;
    private final PackageOrder.Position orderingPosition;
    private final PackageOrder.Span upstreamSpan;
    private final PackageOrder.Span versionSpan;
    private final PackageOrder.Span buildSpan;
    private final PackageOrder.Span fullSpan;

    private KernelRelease(String text, ReleaseAttribution attribution, @Nullable PackageText packageText) {
        this.text = text;
        this.kernelStream = attribution.kernelStream();
        this.printedVersion = attribution.printedVersion();
        this.base = baseOf(attribution, packageText);
        this.packageVersion = packageVersionOf(attribution, packageText);
        this.packageSuffix = packageSuffixOf(text, attribution, packageText);
        PackageOrder order = orderOf(kernelStream);
        this.orderingPosition = order.position(packageVersion == null ? printedVersion : packageVersion);
        this.upstreamSpan = upstreamSpanOf(attribution, base);
        String lowest = packageVersion == null ? lowestVersion(attribution) : packageVersion;
        String highest = packageVersion == null ? highestVersion(attribution) : packageVersion;
        this.fullSpan = new PackageOrder.Span(order.position(lowest), order.position(highest));
        this.versionSpan = cut(VersionPrecision.VERSION, lowest, highest);
        this.buildSpan = kernelStream.equals(KernelStream.SUSE)
                ? PackageOrder.Span.exactly(order.position(printedVersion))
                : cut(VersionPrecision.BUILD, lowest, highest);
    }

    /**
     * Reads what {@code uname -r} prints, with or without the {@code v} of an upstream tag before it and
     * the package in parentheses behind it, as {@link #toString} writes it.
     *
     * @throws IllegalArgumentException if the text is longer than 64 characters or cannot be a release
     */
    public static KernelRelease parse(String unameR) {
        Matcher withPackage = WITH_PACKAGE.matcher(unameR);
        return withPackage.matches()
                ? parse(withPackage.group("release"), withPackage.group("package"))
                : parse(unameR, null);
    }

    /**
     * Reads a release with what is known of its package.
     *
     * @param unameR what {@code uname -r} prints, optionally with the {@code v} of an upstream tag
     * @param packageText all of {@code uname -v}; or a version with or without the package's name
     *     ({@code Debian linux 6.1.176-1}, {@code 6.1.176-1}, {@code kernel-5.14.0-503.el9.aarch64}); or
     *     Ubuntu's {@code /proc/version_signature}, which alone names the patch level there. Not used
     *     for streams {@code upstream} and {@code other}
     * @throws IllegalArgumentException if either is malformed, or the package is another kernel's
     */
    public static KernelRelease parse(String unameR, @Nullable String packageText) {
        Objects.requireNonNull(unameR, "unameR");
        String text = unameR.startsWith("v") ? unameR.substring(1) : unameR;
        ReleaseAttribution attribution = ReleaseAttribution.of("kernel release", text);
        return new KernelRelease(
                text, attribution, packageText == null ? null : PackageText.parse(attribution, packageText));
    }

    /** The release as given, without the {@code v} of an upstream tag. */
    public String text() {
        return text;
    }

    /** The stream that the text belongs to; {@code other} where it cannot be attributed, never {@code any}. */
    public KernelStream kernelStream() {
        return kernelStream;
    }

    /**
     * The upstream release in the leading numbers, or in the package version. In streams with numbers of
     * their own (elN, SUSE, openEuler) it says where the stream once branched off, not what it contains.
     */
    public UpstreamVersion base() {
        return base;
    }

    /** Whether it is surely built from this upstream release or a later one; false where its numbers do not tell. */
    public boolean isSurelyUpstream(int major, int minor) {
        return kernelStream.upstreamNumbering() == UpstreamNumbering.FOLLOWED
                && (base.major() > major || base.major() == major && base.minor() >= minor);
    }

    /** The version as the package tool knows it, where it was given or the release spells it out. */
    public @Nullable String packageVersion() {
        return packageVersion;
    }

    /** Whether the patch level within the upstream series is known. */
    public boolean patchLevelKnown() {
        return base.patch().isPresent();
    }

    /**
     * Compares versions as the stream's package tool does. Where the package version is not known, the
     * version that the release prints takes its place, {@code 6.1.0-50} for {@code 6.1.0-50-arm64}.
     *
     * @throws IllegalArgumentException if the streams differ, or both are {@code other}
     */
    public int compareWithin(KernelRelease other) {
        if (!kernelStream.equals(other.kernelStream) || kernelStream.equals(KernelStream.OTHER)) {
            throw new IllegalArgumentException(
                    "kernel releases " + this + " (stream " + kernelStream + ") and " + other + " (stream "
                            + other.kernelStream + ") have no common order; only releases of one known stream do");
        }
        return orderingPosition.compareTo(other.orderingPosition);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KernelRelease that
                && text.equals(that.text)
                && Objects.equals(packageSuffix, that.packageSuffix);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, packageSuffix);
    }

    /** The release, and in parentheses what the package adds to it: {@code 6.1.0-50-arm64 (6.1.176-1)}. */
    @Override
    public String toString() {
        return packageSuffix == null ? text : text + " (" + packageSuffix + ")";
    }

    /** Where the release stands among upstream releases, if its leading numbers mean upstream's. */
    PackageOrder.Span upstreamSpan() {
        return upstreamSpan;
    }

    /** Where the release stands for a bound of its own stream, to the bound's precision. */
    PackageOrder.Span spanFor(VersionPrecision precision, String boundVersion) {
        // SUSE's uname lacks the rebuild count that ends the package's version: 150600.23.25 of 150600.23.25.1.
        boolean namesRebuild = kernelStream.equals(KernelStream.SUSE)
                && precision == VersionPrecision.BUILD
                && dots(boundVersion) > dots(printedVersion);
        return switch (namesRebuild ? VersionPrecision.FULL : precision) {
            case VERSION -> versionSpan;
            case BUILD -> buildSpan;
            case FULL -> fullSpan;
        };
    }

    /** The most exact version known, for sentences. */
    String shownVersion() {
        return packageVersion == null ? printedVersion : packageVersion;
    }

    static PackageOrder orderOf(KernelStream kernelStream) {
        return switch (kernelStream.id()) {
            case "upstream", "debian", "ubuntu", "other", "any" -> PackageOrder.DEB;
            default -> PackageOrder.RPM;
        };
    }

    private PackageOrder.Span cut(VersionPrecision precision, String lowest, String highest) {
        PackageOrder order = orderOf(kernelStream);
        return new PackageOrder.Span(
                order.position(precision.cut(kernelStream, lowest)),
                order.position(precision.cut(kernelStream, highest)));
    }

    private static UpstreamVersion baseOf(ReleaseAttribution attribution, @Nullable PackageText packageText) {
        UpstreamVersion printed = attribution.base();
        if (packageText == null || printed.patch().isPresent()) {
            return printed;
        }
        if (attribution.kernelStream().equals(KernelStream.DEBIAN)) {
            return PackageText.debianUpstream(packageText.version());
        }
        return new UpstreamVersion(printed.major(), printed.minor(), packageText.upstreamPatch(), OptionalInt.empty());
    }

    private static @Nullable String packageVersionOf(
            ReleaseAttribution attribution, @Nullable PackageText packageText) {
        if (packageText != null) {
            return packageText.version();
        }
        boolean printedInFull = orderOf(attribution.kernelStream()) == PackageOrder.RPM
                && !attribution.kernelStream().equals(KernelStream.SUSE);
        return printedInFull ? attribution.printedVersion() : null;
    }

    private static @Nullable String packageSuffixOf(
            String text, ReleaseAttribution attribution, @Nullable PackageText packageText) {
        if (packageText == null || packageText.version().equals(packageVersionOf(attribution, null))) {
            return null;
        }
        if (packageText.upstreamPatch().isEmpty()) {
            return packageText.version();
        }
        String flavour = text.substring(attribution.printedVersion().length());
        return "Ubuntu " + packageText.version() + flavour + " "
                + attribution.base().series() + "."
                + packageText.upstreamPatch().getAsInt();
    }

    private static PackageOrder.Span upstreamSpanOf(ReleaseAttribution attribution, UpstreamVersion base) {
        if (base.patch().isPresent()) {
            return PackageOrder.Span.exactly(PackageOrder.DEB.position(ReleaseAttribution.debText(base)));
        }
        return new PackageOrder.Span(
                PackageOrder.DEB.position(base.series() + ".0" + (attribution.mayBeCandidate() ? "~rc0" : "")),
                PackageOrder.DEB.position(base.series() + "." + HIGHEST));
    }

    private static String lowestVersion(ReleaseAttribution attribution) {
        UpstreamVersion base = attribution.base();
        return switch (attribution.kernelStream().id()) {
            case "debian" ->
                base.patch().isPresent()
                        ? attribution.printedVersion() + "-~~"
                        : base.series() + (attribution.mayBeCandidate() ? "~rc0-~~" : "-~~");
            default -> attribution.printedVersion();
        };
    }

    private static String highestVersion(ReleaseAttribution attribution) {
        return switch (attribution.kernelStream().id()) {
            case "debian" ->
                (attribution.base().patch().isPresent()
                                ? attribution.printedVersion()
                                : attribution.base().series() + "." + HIGHEST)
                        + "-" + HIGHEST;
            case "ubuntu", "suse" -> attribution.printedVersion() + "." + HIGHEST;
            default -> attribution.printedVersion();
        };
    }

    private static long dots(String version) {
        return version.substring(version.lastIndexOf('-') + 1)
                .chars()
                .filter(c -> c == '.')
                .count();
    }
}
