package org.migreg.hostkernel;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the text of {@code uname -r} alone says.
 *
 * @param kernelStream the stream whose way of naming releases the text follows
 * @param base its leading numbers, without a patch level where these print an ABI number in its place
 * @param printedVersion the version in the order of the stream's package tool, as far as it is printed
 * @param mayBeCandidate whether the text would be the same for a release candidate of the series
 */
record ReleaseAttribution(
        KernelStream kernelStream, UpstreamVersion base, String printedVersion, boolean mayBeCandidate) {

    /** Linux bounds it so: __NEW_UTS_LEN in include/uapi/linux/utsname.h. */
    static final int LONGEST_RELEASE = 64;

    static final String PUNCTUATION = ".+-_~^";
    private static final String EXAMPLE = "6.12.107+deb13-arm64 or 5.14.0-503.el9.aarch64, as uname -r prints it";

    private static final Pattern LEADING_NUMBERS =
            Pattern.compile("(0|[1-9][0-9]{0,7})\\.(0|[1-9][0-9]{0,7})(?:\\.(0|[1-9][0-9]{0,7}))?(?![0-9])");

    private static final Pattern UPSTREAM_REST = Pattern.compile(
            "(?:-rc(?<rc>[1-9][0-9]?))?(?:-next-[0-9]{8})?(?:(?:-[0-9]{1,6})?-g[0-9a-f]{7,40})?(?:-dirty|\\+)*");

    private static final String RPM_REST =
            "(?:\\.(?:aarch64|x86_64|ppc64le|ppc64|s390x|riscv64|loongarch64|i686|armv7hl|noarch))?(?:\\+[0-9A-Za-z_-]+)*";
    private static final List<RpmFamily> RPM_FAMILIES = List.of(
            new RpmFamily(
                    "el(?<n>[1-9][0-9]?)[a-z]?(?:_[0-9]+)?", n -> KernelStream.enterpriseLinux(Integer.parseInt(n))),
            new RpmFamily("fc(?<n>[1-9][0-9]{0,2})", n -> KernelStream.FEDORA),
            new RpmFamily("oe(?<n>[1-9][0-9]{0,4})(?:sp[0-9]+)?", n -> KernelStream.OPENEULER),
            new RpmFamily("amzn(?<n>[1-9][0-9]{0,3})", n -> KernelStream.amazonLinux(Integer.parseInt(n))));
    private static final Pattern FEDORA_CANDIDATE = Pattern.compile("0\\.rc([0-9]{1,2})\\..*");

    private static final String DEBIAN_FLAVOUR =
            "-(?:(?:rt|cloud)-)?(?:arm64|amd64|armmp|armmp-lpae|armel|686|686-pae|riscv64|"
                    + "ppc64el|powerpc64le|s390x|loong64)(?:-(?:4k|16k|64k))?(?:-unsigned)?";
    private static final Pattern DEBIAN_ABI =
            Pattern.compile("-(?<abi>trunk|[0-9]{1,4}(?:\\.(?:deb[0-9]+|bpo)(?:\\.[0-9]+)?)?)" + DEBIAN_FLAVOUR);
    private static final Pattern DEBIAN_REST =
            Pattern.compile("(?:-rc(?<rc>[1-9][0-9]?))?(?:\\+(?:deb|bpo)[0-9A-Za-z.+~]*)?" + DEBIAN_FLAVOUR);

    private static final Pattern UBUNTU_MAINLINE_REST =
            Pattern.compile("-[0-9]{6}(?:rc(?<rc>[1-9][0-9]?))?-(?:generic|lowlatency)(?:-64k)?");
    private static final Pattern UBUNTU_REST = Pattern.compile(
            "-(?<abi>[0-9]{1,5})-(?:generic|lowlatency|realtime|aws|azure|gcp|gkeop|gke|ibm|intel|iot|kvm|"
                    + "laptop|nvidia|oem|oracle|raspi|xilinx|bluefield|starfive|snapdragon|tegra|qcom|mtk|fips|virtual)"
                    + "(?:-[0-9a-z.-]+)?");

    private static final Pattern SUSE_REST = Pattern.compile("-(?<release>[0-9][0-9a-z]*(?:\\.[0-9a-z]+)*)-"
            + "(?:default|64kb|vanilla|longterm|lpae|pae|kvmsmall|azure|rt|rt_debug|preempt|debug)");
    private static final Pattern SUSE_SHARED_FLAVOUR = Pattern.compile("-[0-9]+-(?:azure|rt|rt_debug|preempt|debug)");

    /**
     * Reads a release.
     *
     * @param subject what the text is, for error messages
     * @throws IllegalArgumentException if the text cannot be a kernel release
     */
    static ReleaseAttribution of(String subject, String text) {
        Refusal.checkCharacters(subject, text, LONGEST_RELEASE, PUNCTUATION, EXAMPLE);
        Matcher numbers = LEADING_NUMBERS.matcher(text);
        if (!numbers.lookingAt()) {
            throw Refusal.at(
                    subject,
                    text,
                    firstOddPosition(text),
                    "two or three numbers without leading zeros come first; right would be " + EXAMPLE);
        }
        String rest = text.substring(numbers.end());
        if (!rest.isEmpty() && !rest.matches("[-+_~].+|\\+|\\.[0-9].*")) {
            throw Refusal.at(
                    subject,
                    text,
                    numbers.end(),
                    "'-', '+' or the end comes after the numbers; right would be " + EXAMPLE);
        }
        String printedNumbers = numbers.group();
        int major = Integer.parseInt(numbers.group(1));
        int minor = Integer.parseInt(numbers.group(2));
        int patch = numbers.group(3) == null ? 0 : Integer.parseInt(numbers.group(3));
        UpstreamVersion asPrinted = new UpstreamVersion(major, minor, OptionalInt.of(patch), OptionalInt.empty());
        UpstreamVersion series = new UpstreamVersion(major, minor, OptionalInt.empty(), OptionalInt.empty());

        Matcher upstream = UPSTREAM_REST.matcher(rest);
        Matcher mainline = UBUNTU_MAINLINE_REST.matcher(rest);
        Matcher built = upstream.matches() ? upstream : mainline.matches() ? mainline : null;
        if (built != null) {
            UpstreamVersion base = candidate(asPrinted, built.group("rc"));
            return new ReleaseAttribution(KernelStream.UPSTREAM, base, debText(base), false);
        }
        for (RpmFamily family : RPM_FAMILIES) {
            Matcher rpm = family.rest().matcher(rest);
            if (rpm.matches()) {
                String release = rpm.group("release");
                KernelStream kernelStream = family.kernelStream().apply(rpm.group("n"));
                Matcher preview = FEDORA_CANDIDATE.matcher(release);
                UpstreamVersion base = patch == 0
                                && preview.matches()
                                && kernelStream.upstreamNumbering() == UpstreamNumbering.FOLLOWED
                        ? candidate(asPrinted, preview.group(1))
                        : asPrinted;
                return new ReleaseAttribution(kernelStream, base, printedNumbers + "-" + release, false);
            }
        }
        Matcher debianAbi = DEBIAN_ABI.matcher(rest);
        if (patch == 0 && debianAbi.matches()) {
            String abi = debianAbi.group("abi");
            return new ReleaseAttribution(
                    KernelStream.DEBIAN, series, printedNumbers + "-" + abi, abi.equals("0") || abi.equals("trunk"));
        }
        Matcher debian = DEBIAN_REST.matcher(rest);
        if (debian.matches()) {
            String rc = debian.group("rc");
            return new ReleaseAttribution(
                    KernelStream.DEBIAN,
                    candidate(asPrinted, rc),
                    rc != null ? series.series() + "~rc" + rc : patch == 0 ? series.series() : printedNumbers,
                    false);
        }
        Matcher ubuntu = UBUNTU_REST.matcher(rest);
        if (numbers.group(3) != null && patch == 0 && ubuntu.matches()) {
            return new ReleaseAttribution(
                    KernelStream.UBUNTU, series, printedNumbers + "-" + ubuntu.group("abi"), false);
        }
        Matcher suse = SUSE_REST.matcher(rest);
        if (numbers.group(3) != null
                && suse.matches()
                && !SUSE_SHARED_FLAVOUR.matcher(rest).matches()) {
            return new ReleaseAttribution(
                    KernelStream.SUSE, asPrinted, printedNumbers + "-" + suse.group("release"), false);
        }
        // A zero in third place may be an ABI convention like Debian's and Ubuntu's.
        UpstreamVersion base = patch == 0 ? series : asPrinted;
        return new ReleaseAttribution(KernelStream.OTHER, base, printedNumbers, false);
    }

    /** The text that puts an upstream release in its place under dpkg's order. */
    static String debText(UpstreamVersion known) {
        return known.series()
                + "."
                + known.patch().orElse(0)
                + (known.releaseCandidate().isPresent()
                        ? "~rc" + known.releaseCandidate().getAsInt()
                        : "");
    }

    private static UpstreamVersion candidate(UpstreamVersion release, @Nullable String rc) {
        if (rc == null) {
            return release;
        }
        return new UpstreamVersion(
                release.major(), release.minor(), release.patch(), OptionalInt.of(Integer.parseInt(rc)));
    }

    private static int firstOddPosition(String text) {
        int position = 0;
        while (position < text.length()
                && (Character.isDigit(text.charAt(position)) || text.charAt(position) == '.')
                && !text.startsWith("..", position)) {
            position++;
        }
        return Math.min(position, text.length() - 1);
    }

    /**
     * A family of distributions that mark their rpm releases with a dist tag.
     *
     * @param rest what follows the three numbers: release with the tag, architecture, {@code +variant}s
     * @param kernelStream the stream for the number in the tag
     */
    private record RpmFamily(Pattern rest, Function<String, KernelStream> kernelStream) {

        RpmFamily(String tag, Function<String, KernelStream> kernelStream) {
            this(
                    Pattern.compile(
                            "-(?<release>[0-9][0-9A-Za-z._~^]*?\\." + tag + "(?:\\.[0-9A-Za-z._]+?)??)" + RPM_REST),
                    kernelStream);
        }
    }
}
