package org.migreg.contract.problem;

import java.net.URI;
import java.util.Locale;

/**
 * The catalogue of problems. The type of a problem is {@code /problems/} and the slug; slugs never
 * change their meaning.
 */
public enum ProblemType {
    MALFORMED_REQUEST(400, "The request cannot be read"),
    INVALID_FIELD(400, "A field has a value that is not allowed"),
    UNREADABLE_CAPTURE(400, "The file is not a capture that migreg can read"),
    UNAUTHENTICATED(401, "A token is needed"),
    FORBIDDEN(403, "The token does not allow this"),
    NOT_FOUND(404, "There is nothing at this address"),
    UNKNOWN_MACHINE_TYPE(404, "The machine type does not exist"),
    UNKNOWN_ENTRY(404, "The entry does not exist"),
    UNKNOWN_CAPTURE(404, "The capture does not exist"),
    UNKNOWN_HOST(404, "The host does not exist"),
    UNKNOWN_DRAFT(404, "The draft does not exist"),
    UNKNOWN_EXPECTATION(404, "The expectation does not exist"),
    UNKNOWN_SAMPLE(404, "The unread sample does not exist"),
    UNKNOWN_ACCOUNT(404, "The account does not exist"),
    UNKNOWN_TOKEN(404, "The account does not have the token"),
    UNKNOWN_REVISION(404, "The revision does not exist"),
    METHOD_NOT_ALLOWED(405, "The address does not have this method"),
    NOT_ACCEPTABLE(406, "The answer is not to be had in the wanted format"),
    REQUEST_TOO_SLOW(408, "The request comes too slowly"),
    MACHINE_TYPE_EXISTS(409, "The machine type exists already"),
    MACHINE_TYPE_IN_USE(409, "Other machine types inherit from this one"),
    DUPLICATE_ENTRY(409, "An entry says the same already"),
    DRAFT_EXISTS(409, "The draft exists already"),
    DRAFT_CLOSED(409, "The draft has been published"),
    CONFLICTING_CHANGE(409, "Others changed the same things in the meantime"),
    NOTHING_TO_CHANGE(409, "There is nothing left to change"),
    SAMPLES_FULL(409, "There is no room for another unread sample"),
    ACCOUNT_EXISTS(409, "The account exists already"),
    TOKENS_IN_USE(409, "There are as many as there may be"),
    NOT_EMBEDDED(409, "The database is not embedded"),
    EXPECTATION_BROKEN(409, "The change would break an expectation"),
    STALE_VERSION(412, "Somebody changed it in the meantime"),
    BODY_TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The request's media type is not understood"),
    UNRESOLVED_REFERENCE(422, "The request names something that does not exist"),
    UNKNOWN_PARENT(422, "The machine type inherits from one that does not exist"),
    INHERITANCE_CYCLE(422, "The machine types would inherit from one another in a circle"),
    PRECONDITION_REQUIRED(428, "The version to change must be named"),
    TOO_MANY_REQUESTS(429, "Too much is asked at once"),
    INTERNAL_ERROR(500, "migreg failed"),
    BUSY(503, "There is no room for the request at the moment"),
    DATABASE_UNAVAILABLE(503, "The database cannot be used at the moment"),
    REVISION_NOT_SHOWN(503, "The revision is not there yet"),
    STORAGE_FULL(507, "There is no room left to write");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The first type of an HTTP status, where nothing more is known. */
    public static ProblemType ofStatus(int status) {
        for (ProblemType type : values()) {
            if (type.status == status) {
                return type;
            }
        }
        return status < 500 ? MALFORMED_REQUEST : INTERNAL_ERROR;
    }

    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public URI uri() {
        return URI.create("/problems/" + slug());
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
