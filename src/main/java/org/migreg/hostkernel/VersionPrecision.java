package org.migreg.hostkernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of a package version a bound names. A bound is compared with as much of a release's version
 * as it names itself: {@code 5.14.0} with the version alone (rpm does the same where a release is
 * missing), {@code 5.14.0-503} with what stands before the dist tag, {@code 5.14.0-503.el9} with all.
 */
enum VersionPrecision {
    /** The part before the hyphen. */
    VERSION,
    /** Up to the dist tag in rpm streams, up to the ABI number for Ubuntu, as uname prints it for SUSE. */
    BUILD,
    /** Everything. */
    FULL;

    private static final Pattern DIST_TAG = Pattern.compile("\\.(?:el|fc|oe|amzn)[0-9]");
    private static final Pattern UBUNTU_ABI = Pattern.compile("[0-9]+");

    /** The precision of a bound in a range over the stream. */
    static VersionPrecision ofBound(KernelStream kernelStream, String version) {
        int hyphen = version.lastIndexOf('-');
        if (hyphen < 0) {
            return VERSION;
        }
        String revision = version.substring(hyphen + 1);
        if (kernelStream.equals(KernelStream.DEBIAN) || kernelStream.equals(KernelStream.UPSTREAM)) {
            return FULL;
        }
        if (kernelStream.equals(KernelStream.UBUNTU)) {
            return UBUNTU_ABI.matcher(revision).matches() ? BUILD : FULL;
        }
        return DIST_TAG.matcher(revision).find() ? FULL : BUILD;
    }

    /** The version cut to this precision. */
    String cut(KernelStream kernelStream, String version) {
        int hyphen = version.lastIndexOf('-');
        if (this == FULL || hyphen < 0) {
            return version;
        }
        if (this == VERSION) {
            return version.substring(0, hyphen);
        }
        Matcher end = kernelStream.equals(KernelStream.UBUNTU)
                ? Pattern.compile("(?<=[0-9])(?![0-9])").matcher(version)
                : DIST_TAG.matcher(version);
        return end.find(hyphen + 1) ? version.substring(0, end.start()) : version;
    }
}
