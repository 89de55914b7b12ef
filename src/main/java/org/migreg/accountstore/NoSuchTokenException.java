package org.migreg.accountstore;

/** An account does not have the token that was named. */
public final class NoSuchTokenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String id;

    NoSuchTokenException(String account, String id) {
        super("account '" + account + "' has no token '" + id + "': list those that it has under /api/v1/accounts/"
                + account);
        this.id = id;
    }

    public String id() {
        return id;
    }
}
