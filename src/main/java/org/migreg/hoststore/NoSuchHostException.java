package org.migreg.hoststore;

import org.migreg.capture.HostName;

/** A host was asked for that is not there. */
public final class NoSuchHostException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String name;

    public NoSuchHostException(HostName name) {
        super("no host " + name + " is known: PUT its capture first, or list those that are under /api/v1/hosts");
        this.name = name.text();
    }

    public String name() {
        return name;
    }
}
