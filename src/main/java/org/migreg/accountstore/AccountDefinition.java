package org.migreg.accountstore;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.access.NamePattern;
import org.migreg.access.Role;
import org.migreg.history.StorableText;

/**
 * What an account is, as somebody defines it.
 *
 * @param name 1 to 100 characters: letters, digits, {@code . _ @ -}
 * @param machineTypes those that it may write; null for all
 * @param hosts those of which it may record something; null for all, which the role of a machine may not have
 * @param speaksForOthers whether it is believed when it names another author
 * @param description at most {@value #LONGEST_DESCRIPTION} characters
 */
public record AccountDefinition(
        String name,
        Role role,
        @Nullable NamePattern machineTypes,
        @Nullable NamePattern hosts,
        boolean speaksForOthers,
        String description) {

    /** The longest description, in UTF-16 units. */
    public static final int LONGEST_DESCRIPTION = 1000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,99}");

    /**
     * @throws IllegalArgumentException when there can be no such account
     */
    public AccountDefinition {
        requireName(name);
        requireHosts(role, hosts);
        if (description.length() > LONGEST_DESCRIPTION) {
            throw new IllegalArgumentException("a description has at most 1,000 characters");
        }
        StorableText.require("description", description);
    }

    /**
     * @throws IllegalArgumentException when no account can be called so
     */
    public static String requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of an account has 1 to 100 letters, digits and . _ @ -, and begins"
                            + " with a letter or digit; this is '" + name + "'");
        }
        return name;
    }

    /**
     * @throws IllegalArgumentException when such a role needs some, and there are none
     */
    public static Role requireHosts(Role role, @Nullable NamePattern hosts) {
        if (role.isOfMachine() && hosts == null) {
            throw new IllegalArgumentException("an account with the role " + role
                    + " says for which hosts it speaks: name them, or write * for all");
        }
        return role;
    }
}
