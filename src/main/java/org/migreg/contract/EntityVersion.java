package org.migreg.contract;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migreg.history.ExpectedVersion;

/**
 * The version of a thing: the number of the revision that last changed it. Its ETag is that number in quotes;
 * {@link #etagWith} may add to it.
 */
public record EntityVersion(long revision) {

    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"?([0-9]{1,18})(?:-[0-9a-f]{1,16})?\"?");

    public String etag() {
        return "\"" + revision + "\"";
    }

    /**
     * The ETag of an answer that also has parts which other things' versions decide: it changes with them, so that nobody
     * takes an outdated answer for a fresh one, and still names the version alone to whoever writes.
     */
    public String etagWith(Object... derived) {
        return "\"" + revision + "-" + Integer.toHexString(List.of(derived).hashCode()) + "\"";
    }

    /**
     * Reads an If-Match header.
     *
     * @throws InvalidFieldException when it is neither an ETag of this API nor {@code *}
     */
    public static ExpectedVersion ofIfMatch(String header) {
        String trimmed = header.strip();
        if (trimmed.equals("*")) {
            return ExpectedVersion.present();
        }
        Matcher matcher = ETAG.matcher(trimmed);
        if (!matcher.matches()) {
            throw new InvalidFieldException(
                    "If-Match",
                    header,
                    "If-Match must hold one ETag as a GET of this address gives it, such as \"17\", or *");
        }
        return ExpectedVersion.of(Long.parseLong(matcher.group(1)));
    }
}
