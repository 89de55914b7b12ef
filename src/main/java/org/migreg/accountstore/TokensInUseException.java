package org.migreg.accountstore;

/** As many tokens are live, or as many accounts there, as may be. */
public final class TokensInUseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TokensInUseException(String message) {
        super(message);
    }
}
