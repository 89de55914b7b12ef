package org.migreg.qemu;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a QEMU, as {@code -version} prints it: {@code 10.2.1}, {@code 11.1}, also with a
 * distribution's suffix after a dash, plus or blank ({@code 10.1.0-15.el10}), which is kept in the
 * text but not compared.
 *
 * <p>A micro version of 50 and more is QEMU's mark of a development build between two releases.
 */
public record QemuVersion(String text, int major, int minor, int micro) implements Comparable<QemuVersion> {

    private static final Pattern TEXT =
            Pattern.compile("v?([0-9]{1,3})\\.([0-9]{1,3})(?:\\.([0-9]{1,3}))?(?:[-+~ (][\\x20-\\x7e]{0,100})?");

    private static final Pattern CANDIDATE = Pattern.compile("[0-9][-+~]rc[0-9]");

    /**
     * @throws IllegalArgumentException saying what would be right
     */
    public static QemuVersion parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + (text.length() <= 60 ? text : text.substring(0, 57) + "...")
                    + "' is not a QEMU version: write major.minor or major.minor.micro, such as 10.2.1");
        }
        return new QemuVersion(
                text,
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)));
    }

    public boolean isDevelopmentBuild() {
        return micro >= 50;
    }

    /** Whether it is a candidate of a first release, as packages write it ({@code 11.1.0-rc2}); QEMU itself prints 11.0.92. */
    public boolean isCandidate() {
        return micro == 0 && CANDIDATE.matcher(text).find();
    }

    public boolean isOfSeries(int ofMajor, int ofMinor) {
        return major == ofMajor && minor == ofMinor;
    }

    public boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || major == otherMajor && minor >= otherMinor;
    }

    @Override
    public int compareTo(QemuVersion other) {
        int byMajor = Integer.compare(major, other.major);
        if (byMajor != 0) {
            return byMajor;
        }
        int byMinor = Integer.compare(minor, other.minor);
        return byMinor != 0 ? byMinor : Integer.compare(micro, other.micro);
    }

    @Override
    public String toString() {
        return text;
    }
}
