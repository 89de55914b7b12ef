package org.migreg.hostkernel;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The package version found beside a release, checked against it.
 *
 * @param version the version as the package tool knows it
 * @param upstreamPatch the upstream patch level, where the text names one beside the version
 */
record PackageText(String version, OptionalInt upstreamPatch) {

    private static final int LONGEST_TEXT = 256;
    private static final String DEB_VERSION = "[0-9][0-9A-Za-z.+~]*-[0-9A-Za-z.+~]+";

    private static final Pattern BUILD_BANNER = Pattern.compile("#[0-9].*");
    private static final Pattern DEBIAN_BANNER =
            Pattern.compile("#[0-9].* Debian (?<version>" + DEB_VERSION + ")(?: \\([0-9-]+\\))?");
    private static final Pattern UBUNTU_BANNER =
            Pattern.compile("#(?<upload>[0-9]{1,6}(?:[~.+][0-9A-Za-z.+~]*)?)-Ubuntu(?: .*)?");
    private static final Pattern UBUNTU_SIGNATURE = Pattern.compile("Ubuntu (?<version>" + DEB_VERSION
            + ")-[a-z][0-9a-z-]* (?<series>[0-9]{1,8}\\.[0-9]{1,8})\\.(?<patch>0|[1-9][0-9]{0,7})");
    private static final Pattern DEB_PACKAGE =
            Pattern.compile("(?:(?:Debian|Ubuntu) )?(?:linux[0-9a-z.+-]* )?(?<version>" + DEB_VERSION + ")");
    private static final Pattern RPM_PACKAGE = Pattern.compile(
            "(?:kernel(?:-[a-z][0-9a-z_]*|-(?:64k|16k|4k|64kb))*-)?(?:0:)?(?<version>[0-9][0-9A-Za-z._~^]*-"
                    + "[0-9][0-9A-Za-z._~^]*?)(?:\\.(?:aarch64|x86_64|ppc64le|s390x|riscv64|i686|noarch|src))?(?:\\.rpm)?");
    private static final Pattern DEBIAN_UPSTREAM_PART = Pattern.compile(
            "(?<series>[0-9]{1,8}\\.[0-9]{1,8})(?:\\.(?<patch>[0-9]{1,8}))?(?:~rc(?<rc>[0-9]{1,8}))?.*");

    /**
     * Reads the text that was given beside a release.
     *
     * @return null where the text names no version, or none that the stream has use for
     * @throws IllegalArgumentException if it is malformed, or belongs to another kernel than the release
     */
    static @Nullable PackageText parse(ReleaseAttribution release, String text) {
        Refusal.checkCharacters("kernel package", text, LONGEST_TEXT, " .+-_~^:#()/,@=", example(release));
        KernelStream kernelStream = release.kernelStream();
        if (kernelStream.equals(KernelStream.UPSTREAM) || kernelStream.equals(KernelStream.OTHER)) {
            return null;
        }
        if (kernelStream.equals(KernelStream.DEBIAN)) {
            return debian(release, text);
        }
        if (kernelStream.equals(KernelStream.UBUNTU)) {
            return ubuntu(release, text);
        }
        return rpm(release, text);
    }

    private static @Nullable PackageText debian(ReleaseAttribution release, String text) {
        Matcher banner = DEBIAN_BANNER.matcher(text);
        Matcher named = DEB_PACKAGE.matcher(text);
        Matcher found = banner.matches() ? banner : named.matches() ? named : null;
        if (found == null) {
            return withoutVersion(release, text);
        }
        String version = checked(PackageOrder.DEB, found.group("version"));
        UpstreamVersion inPackage = debianUpstream(version);
        boolean sameSeries = UpstreamVersion.BY_SERIES.compare(inPackage, release.base()) == 0;
        boolean samePatch = release.base().patch().isEmpty() || inPackage.equals(release.base());
        boolean abiTaken = version.startsWith(release.base().series() + ".0-");
        if (!sameSeries || !samePatch || abiTaken) {
            throw otherKernel(
                    text, release, "a version " + release.base() + (samePatch ? ".<patch level>" : "") + "-1");
        }
        return new PackageText(version, OptionalInt.empty());
    }

    private static @Nullable PackageText ubuntu(ReleaseAttribution release, String text) {
        Matcher signature = UBUNTU_SIGNATURE.matcher(text);
        if (signature.matches()) {
            if (!signature.group("series").equals(release.base().series())) {
                throw otherKernel(
                        text, release, "an upstream version " + release.base().series() + ".<patch level>");
            }
            String version = ubuntuVersion(release, text, signature.group("version"));
            return new PackageText(version, OptionalInt.of(Integer.parseInt(signature.group("patch"))));
        }
        Matcher banner = UBUNTU_BANNER.matcher(text);
        if (banner.matches()) {
            String version = release.printedVersion() + "." + banner.group("upload");
            return new PackageText(ubuntuVersion(release, text, version), OptionalInt.empty());
        }
        Matcher named = DEB_PACKAGE.matcher(text);
        if (named.matches()) {
            return new PackageText(ubuntuVersion(release, text, named.group("version")), OptionalInt.empty());
        }
        return withoutVersion(release, text);
    }

    private static String ubuntuVersion(ReleaseAttribution release, String text, String version) {
        if (!version.startsWith(release.printedVersion() + ".")) {
            throw otherKernel(text, release, "a version that starts with " + release.printedVersion() + ".");
        }
        return checked(PackageOrder.DEB, version);
    }

    private static @Nullable PackageText rpm(ReleaseAttribution release, String text) {
        Matcher named = RPM_PACKAGE.matcher(text);
        if (!named.matches()) {
            return withoutVersion(release, text);
        }
        String version = checked(PackageOrder.RPM, named.group("version"));
        boolean rebuild = release.kernelStream().equals(KernelStream.SUSE)
                && version.matches(Pattern.quote(release.printedVersion()) + "(?:\\.[0-9]{1,9})?");
        if (!rebuild && !version.equals(release.printedVersion())) {
            throw otherKernel(text, release, "version " + release.printedVersion());
        }
        return new PackageText(version, OptionalInt.empty());
    }

    private static @Nullable PackageText withoutVersion(ReleaseAttribution release, String text) {
        if (BUILD_BANNER.matcher(text).matches()) {
            return null;
        }
        throw Refusal.of("kernel package", text, "is malformed; right would be " + example(release));
    }

    /** The upstream release at the head of a Debian package version, {@code 6.16~rc7-1~exp1}. */
    static UpstreamVersion debianUpstream(String version) {
        Matcher part = DEBIAN_UPSTREAM_PART.matcher(version);
        if (!part.matches()) {
            throw Refusal.of("kernel package", version, "does not start with an upstream release such as 6.1.176");
        }
        String rc = part.group("rc");
        String patch = part.group("patch");
        String numbers = part.group("series") + "." + (patch == null ? "0" : patch) + (rc == null ? "" : "-rc" + rc);
        return UpstreamVersion.parse(numbers);
    }

    private static String checked(PackageOrder order, String version) {
        return order.position(version).text();
    }

    private static IllegalArgumentException otherKernel(String text, ReleaseAttribution release, String right) {
        return Refusal.of(
                "kernel package",
                text,
                "belongs to another kernel than the release, which is " + release.printedVersion() + " of stream "
                        + release.kernelStream() + "; right would be " + right);
    }

    private static String example(ReleaseAttribution release) {
        return switch (release.kernelStream().id()) {
            case "debian" -> "Debian linux 6.1.176-1, or all of uname -v";
            case "ubuntu" ->
                "Ubuntu 6.8.0-45.45-generic 6.8.12 (/proc/version_signature), linux 6.8.0-45.45, or all of"
                        + " uname -v";
            default -> "kernel-5.14.0-503.el9.aarch64, or all of uname -v";
        };
    }
}
