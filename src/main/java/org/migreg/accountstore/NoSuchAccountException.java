package org.migreg.accountstore;

/** An account was asked for that is not there. */
public final class NoSuchAccountException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String name;

    NoSuchAccountException(String name) {
        super("there is no account '" + name + "': list those that are under /api/v1/accounts");
        this.name = name;
    }

    public String name() {
        return name;
    }
}
