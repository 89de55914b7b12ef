package org.migreg.contract.json;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which name was likely meant by one that is unknown. */
public final class LikelyName {

    private LikelyName() {}

    /** The nearest name, where half of its letters are right at least; null where none is that near. */
    public static @Nullable String of(String given, Collection<String> names) {
        String nearest = null;
        int least = Integer.MAX_VALUE;
        String wanted = given.toLowerCase(Locale.ROOT);
        for (String name : names) {
            int longer = Math.max(given.length(), name.length());
            if (2 * Math.abs(given.length() - name.length()) > longer) {
                // Too far already, and a name that a client makes up may be long.
                continue;
            }
            int distance = distance(wanted, name.toLowerCase(Locale.ROOT));
            if (distance < least && 2 * distance <= longer) {
                nearest = name;
                least = distance;
            }
        }
        return nearest;
    }

    /** How many letters must be inserted, left out or replaced to make the one of the other. */
    private static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[other.length()];
    }
}
