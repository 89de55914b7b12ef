package org.migreg.access;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * Names of machine types or hosts that somebody may write: {@code virt-rhel*, virt-centos*}.
 *
 * @param text names divided by commas, at most {@value #LONGEST} characters, in which {@code *} stands for any text and
 *     {@code ?} for one character
 */
public record NamePattern(String text) implements Serializable {

    /** The longest pattern, in UTF-16 units. */
    public static final int LONGEST = 400;

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._*?:-]+( *, *[A-Za-z0-9._*?:-]+)*");

    /**
     * @throws IllegalArgumentException when it is none
     */
    public NamePattern {
        if (text.length() > LONGEST || !ALLOWED.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a pattern has names of letters, digits, '.', '_', ':' and '-', divided by commas, in which * stands for"
                            + " any text and ? for one character, and at most 400 characters, such as virt-rhel*");
        }
    }

    /** Whether the whole name fits. */
    public boolean fits(String name) {
        for (String glob : text.split(",", -1)) {
            if (matches(glob.strip(), name)) {
                return true;
            }
        }
        return false;
    }

    /** In time proportional to the product of both lengths at most: a star that was tried is never gone back beyond. */
    private static boolean matches(String glob, String name) {
        int g = 0;
        int n = 0;
        int star = -1;
        int afterStar = 0;
        while (n < name.length()) {
            if (g < glob.length() && glob.charAt(g) == '*') {
                star = g++;
                afterStar = n;
            } else if (g < glob.length() && (glob.charAt(g) == '?' || glob.charAt(g) == name.charAt(n))) {
                g++;
                n++;
            } else if (star >= 0) {
                g = star + 1;
                n = ++afterStar;
            } else {
                return false;
            }
        }
        while (g < glob.length() && glob.charAt(g) == '*') {
            g++;
        }
        return g == glob.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
