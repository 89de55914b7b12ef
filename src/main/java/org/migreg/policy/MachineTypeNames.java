package org.migreg.policy;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Orders machine types as people read them: virt-9.2 before virt-10.0. */
public final class MachineTypeNames {

    private static final Pattern CHUNK = Pattern.compile("[0-9]+|[^0-9]+");

    public static final Comparator<String> ORDER = MachineTypeNames::compare;

    private MachineTypeNames() {}

    private static int compare(String a, String b) {
        // The entries of one machine type are compared by the thousand.
        if (a.equals(b)) {
            return 0;
        }
        Matcher left = CHUNK.matcher(a);
        Matcher right = CHUNK.matcher(b);
        while (true) {
            boolean hasLeft = left.find();
            boolean hasRight = right.find();
            if (!hasLeft || !hasRight) {
                return hasLeft ? 1 : hasRight ? -1 : a.compareTo(b);
            }
            int order = compareChunks(left.group(), right.group());
            if (order != 0) {
                return order;
            }
        }
    }

    private static int compareChunks(String a, String b) {
        if (Character.isDigit(a.charAt(0)) && Character.isDigit(b.charAt(0))) {
            return new java.math.BigInteger(a).compareTo(new java.math.BigInteger(b));
        }
        return a.compareTo(b);
    }
}
