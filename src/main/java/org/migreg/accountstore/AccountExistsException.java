package org.migreg.accountstore;

/** An account is to be made that is there. */
public final class AccountExistsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String name;

    AccountExistsException(String name) {
        super("there is an account '" + name + "' already: change it, or take another name");
        this.name = name;
    }

    public String name() {
        return name;
    }
}
