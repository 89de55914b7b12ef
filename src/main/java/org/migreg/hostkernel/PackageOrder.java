package org.migreg.hostkernel;

import io.github.nscuro.versatile.VersionFactory;
import io.github.nscuro.versatile.spi.Version;
import io.github.nscuro.versatile.version.KnownVersioningSchemes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The orders that package tools give to versions, and the only schemes of the version-comparison
 * library in use: it takes unknown schemes for its generic one, and accepts or trips over malformed
 * text, so nothing reaches it unchecked.
 */
enum PackageOrder {
    /** As dpkg orders; upstream releases go through it too, {@code 6.16-rc3} as {@code 6.16.0~rc3}. */
    DEB(
            KnownVersioningSchemes.SCHEME_DEBIAN,
            Pattern.compile("[0-9][0-9A-Za-z.+~]*(?:-[0-9A-Za-z.+~]+)?"),
            Pattern.compile("[0-9]{10}")),
    /** As rpm orders. */
    RPM(
            KnownVersioningSchemes.SCHEME_RPM,
            Pattern.compile("[0-9][0-9A-Za-z._+~^]*(?:-[0-9A-Za-z._+~^]+)?"),
            Pattern.compile("[0-9]{65}"));

    private static final int LONGEST_TEXT = 160;

    private final String scheme;
    private final Pattern wellFormed;
    private final Pattern tooLongNumber;

    PackageOrder(String scheme, Pattern wellFormed, Pattern tooLongNumber) {
        this.scheme = scheme;
        this.wellFormed = wellFormed;
        this.tooLongNumber = tooLongNumber;
    }

    String scheme() {
        return scheme;
    }

    /** @throws IllegalArgumentException if the text is no version of this order */
    Position position(String text) {
        if (text.length() > LONGEST_TEXT || !wellFormed.matcher(text).matches()) {
            throw Refusal.of("package version", text, "is malformed; right would be " + example());
        }
        Matcher tooLong = tooLongNumber.matcher(text);
        if (tooLong.find()) {
            throw Refusal.at("package version", text, tooLong.start(), "the number has too many digits");
        }
        return new Position(this, text, VersionFactory.forScheme(scheme, text));
    }

    private String example() {
        return switch (this) {
            case DEB -> "6.1.176-1";
            case RPM -> "5.14.0-503.el9";
        };
    }

    /** A version's place in one order. */
    record Position(PackageOrder order, String text, Version version) implements Comparable<Position> {

        @Override
        public int compareTo(Position other) {
            if (order != other.order) {
                throw new IllegalArgumentException("versions " + text + " (" + order + ") and " + other.text + " ("
                        + other.order + ") belong to different package tools and have no common order");
            }
            return version.compareTo(other.version);
        }
    }

    /** All that is known of a version's place: not below {@code lowest}, not above {@code highest}. */
    record Span(Position lowest, Position highest) {

        static Span exactly(Position position) {
            return new Span(position, position);
        }

        boolean isExact() {
            return lowest.text().equals(highest.text());
        }
    }
}
