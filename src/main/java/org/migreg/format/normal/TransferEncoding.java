package org.migreg.format.normal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes back what mail makes of a text on its way (RFC 2045): quoted-printable, and base64 behind a part's header. */
public final class TransferEncoding {

    private static final Pattern SOFT_BREAK = Pattern.compile("=[ \\t]{0,80}\\r?\\n");
    private static final Pattern CODED = Pattern.compile("(?:=[0-9A-F]{2}){1,300}");

    private static final Pattern BASE64 = Pattern.compile(
            "(?i:Content-Transfer-Encoding:[ \\t]*base64)[^\\n]{0,200}\\n(?:[^\\n]{1,400}\\n){0,20}\\r?\\n((?:[A-Za-z0-9+/=]{1,76}\\r?\\n?)+)");

    private TransferEncoding() {}

    /** The text as it was sent; one that was not encoded is answered as it is. */
    public static String takenBack(String text) {
        String plain = text;
        if (text.contains("base64")) {
            plain = BASE64.matcher(plain).replaceAll(part -> {
                try {
                    byte[] sent = Base64.getMimeDecoder().decode(part.group(1));
                    return Matcher.quoteReplacement("\n" + Encodings.decoded(sent));
                } catch (IllegalArgumentException isNone) {
                    return Matcher.quoteReplacement(part.group());
                }
            });
        }
        if (!isQuotedPrintable(plain)) {
            return plain;
        }
        return CODED.matcher(SOFT_BREAK.matcher(plain).replaceAll(""))
                .replaceAll(coded -> Matcher.quoteReplacement(decoded(coded.group())));
    }

    private static boolean isQuotedPrintable(String text) {
        return text.contains("quoted-printable")
                || text.contains("=3D") && (text.contains("<=3D") || text.contains("=\n"))
                || text.contains("=C2=A0");
    }

    private static String decoded(String coded) {
        byte[] bytes = new byte[coded.length() / 3];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(coded, 3 * i + 1, 3 * i + 3, 16);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
