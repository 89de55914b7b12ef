package org.migreg.hostkernel;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A line of kernels within which releases have one order and features appear once: {@code upstream},
 * {@code el8} (any {@code elN}), {@code fedora}, {@code debian}, {@code ubuntu}, {@code suse},
 * {@code openeuler}, {@code amzn2023} (any {@code amznN}), and {@code other} for releases that cannot be
 * attributed. {@code any} is only for ranges: it stands for every stream.
 *
 * @param id the canonical, lower-case name
 */
public record KernelStream(String id) implements Comparable<KernelStream> {

    private static final Set<String> NAMED =
            Set.of("upstream", "fedora", "debian", "ubuntu", "suse", "openeuler", "other", "any");
    private static final Pattern ENTERPRISE_LINUX = Pattern.compile("el[1-9][0-9]?");
    private static final Pattern AMAZON_LINUX = Pattern.compile("amzn[1-9][0-9]{0,3}");

    public static final KernelStream UPSTREAM = new KernelStream("upstream");
    public static final KernelStream FEDORA = new KernelStream("fedora");
    public static final KernelStream DEBIAN = new KernelStream("debian");
    public static final KernelStream UBUNTU = new KernelStream("ubuntu");
    public static final KernelStream SUSE = new KernelStream("suse");
    public static final KernelStream OPENEULER = new KernelStream("openeuler");
    /** Releases that cannot be attributed, such as those with a local version suffix. */
    public static final KernelStream OTHER = new KernelStream("other");
    /** Every stream, and hosts whose kernel is not known: only a range can have it, never a release. */
    public static final KernelStream ANY = new KernelStream("any");

    /** @throws IllegalArgumentException if the id is not one of those above */
    public KernelStream {
        Objects.requireNonNull(id, "id");
        if (!NAMED.contains(id)
                && !ENTERPRISE_LINUX.matcher(id).matches()
                && !AMAZON_LINUX.matcher(id).matches()) {
            throw Refusal.of(
                    "kernel stream",
                    id,
                    "is not known; use upstream, el8 (elN), fedora, debian, ubuntu, suse, openeuler, amzn2023 (amznN),"
                            + " other, or any for a range over every stream");
        }
    }

    /**
     * Reads the canonical name.
     *
     * @throws IllegalArgumentException if it is not known, or not in lower case
     */
    public static KernelStream parse(String text) {
        return new KernelStream(text);
    }

    /**
     * Reads a name in either case and with blanks around it.
     *
     * @throws IllegalArgumentException if it is not known
     */
    public static KernelStream parseLenient(String text) {
        return new KernelStream(text.strip().toLowerCase(Locale.ROOT));
    }

    /** RHEL, CentOS Stream and their rebuilds: {@code el8}, {@code el9}, {@code el10} and so on. */
    public static KernelStream enterpriseLinux(int majorRelease) {
        return new KernelStream("el" + majorRelease);
    }

    /** Amazon Linux: {@code amzn2}, {@code amzn2023} and so on. */
    public static KernelStream amazonLinux(int release) {
        return new KernelStream("amzn" + release);
    }

    /** Whether releases of this stream may be compared with upstream releases by their leading numbers. */
    public UpstreamNumbering upstreamNumbering() {
        return switch (id) {
            case "upstream", "fedora", "debian", "ubuntu" -> UpstreamNumbering.FOLLOWED;
            case "suse", "openeuler" -> UpstreamNumbering.OWN;
            case "other", "any" -> UpstreamNumbering.UNKNOWN;
            default -> id.startsWith("amzn") ? UpstreamNumbering.FOLLOWED : UpstreamNumbering.OWN;
        };
    }

    @Override
    public int compareTo(KernelStream other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id;
    }
}
