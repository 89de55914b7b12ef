package org.migreg.web;

/** A header that writes take, as the contract describes it; {@link WriteHeaders} has their values. */
public enum WriteHeader {
    IF_MATCH("If-Match", "The ETag of the version to change, as a GET gives it, or *."),
    AUTHOR(
            "X-Migreg-Author",
            "Who writes, for callers who may speak for others; all others are the authors of what they write."),
    REASON("X-Migreg-Reason", "Why, for the revision; what is done where left out."),
    OVERRIDE(
            "X-Migreg-Override",
            "Why a change may break expectations that are met; goes into the revision's reason. Without it such a change is"
                    + " refused.");

    private final String headerName;
    private final String description;

    WriteHeader(String headerName, String description) {
        this.headerName = headerName;
        this.description = description;
    }

    public String headerName() {
        return headerName;
    }

    public String description() {
        return description;
    }
}
