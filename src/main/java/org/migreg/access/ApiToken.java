package org.migreg.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of an API token: {@code mgr_}, a public id of 12 characters, {@code _}, a secret of 40 characters (238 random
 * bits), {@code _}, and the CRC-32 of all before it in 8 hex digits, by which a mistyped token and a scanner for leaked ones
 * need to ask nobody. Never kept: what is kept is {@link #hash()}.
 */
public final class ApiToken {

    private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int LOWER = 36;
    private static final int ID = 12;
    private static final int SECRET = 40;
    private static final Pattern FORM = Pattern.compile("(mgr_([0-9a-z]{12})_[0-9A-Za-z]{40})_([0-9a-f]{8})");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;
    private final String id;

    private ApiToken(String text, String id) {
        this.text = text;
        this.id = id;
    }

    /** A new one. */
    public static ApiToken random() {
        String id = letters(RANDOM, ID, LOWER);
        String body = "mgr_" + id + "_" + letters(RANDOM, SECRET, LETTERS.length());
        return new ApiToken(body + "_" + checksum(body), id);
    }

    /** Empty where the text is no token: of another form, or mistyped. */
    public static Optional<ApiToken> read(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() && checksum(matcher.group(1)).equals(matcher.group(3))
                ? Optional.of(new ApiToken(text, matcher.group(2)))
                : Optional.empty();
    }

    private static String letters(RandomGenerator random, int count, int of) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            letters.append(LETTERS.charAt(random.nextInt(of)));
        }
        return letters.toString();
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** By which it is told from others; no secret. */
    public String id() {
        return id;
    }

    /** The whole of it, for whoever it was made for. */
    public String secretText() {
        return text;
    }

    /** The SHA-256 of the whole, in hex: a secret of that many random bits needs no slower one. */
    public String hash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }

    /** Whether this is what a hash was made of; takes as long whatever is wrong with it. */
    public boolean is(String hash) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "mgr_" + id + "_…";
    }
}
