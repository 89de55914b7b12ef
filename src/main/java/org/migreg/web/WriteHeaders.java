package org.migreg.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.migreg.access.Caller;
import org.migreg.contract.EntityVersion;
import org.migreg.contract.InvalidFieldException;
import org.migreg.history.ExpectedVersion;
import org.migreg.history.Revision;
import org.migreg.register.Text;
import org.migreg.registry.publication.OutOfScopeException;
import org.migreg.registry.publication.TablePublication;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * What the headers of a write say: who, why, which version it means. Each is judged when it is asked for, so that a
 * write refuses only those that it takes.
 */
public final class WriteHeaders {

    /** A change or deletion came without If-Match. */
    public static final class MissingPreconditionException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MissingPreconditionException() {
            super(
                    "a change or deletion names the version it means: send If-Match with the ETag that a GET of this address"
                            + " gives");
        }
    }

    /** Who writes, and why. */
    public record Context(String author, String reason) {}

    private final NativeWebRequest request;

    private WriteHeaders(NativeWebRequest request) {
        this.request = request;
    }

    /** Who writes: whom somebody names who may speak for others, else whoever sends it. */
    public String author() {
        String named = given(WriteHeader.AUTHOR, Revision.LONGEST_AUTHOR, "an author has at most 200 characters");
        Caller caller = caller();
        return named != null && caller.speaksForOthers() ? named : caller.name();
    }

    /** Whoever sends it. */
    public Caller caller() {
        return Objects.requireNonNull(
                SignedIn.caller(request.getUserPrincipal()), "who has shown no credential does not get to write");
    }

    /**
     * That whoever sends it may record something of this host, by whichever of its names it was asked for.
     *
     * @throws OutOfScopeException where it is none of his
     */
    public void requireHost(String host) {
        if (!caller().mayRecordHost(host)) {
            throw new OutOfScopeException(
                    "host", host, caller().name() + " may only record the hosts " + caller().hosts());
        }
    }

    /** Why; null where nobody says so. */
    public @Nullable String reason() {
        return given(WriteHeader.REASON, Revision.LONGEST_REASON, "a reason has at most 2,000 characters");
    }

    /** @param otherwise the reason where none is given: what is done, shortened where a name in it is endless */
    public Context context(String otherwise) {
        String who = author();
        String why = reason();
        String done = Text.shortened(otherwise, Revision.LONGEST_REASON);
        return new Context(who, why == null ? done : why);
    }

    /** Why expectations may be broken; null to refuse that. */
    public @Nullable String override() {
        return given(
                WriteHeader.OVERRIDE, TablePublication.LONGEST_OVERRIDE, "an override has at most 1,000 characters");
    }

    /**
     * The version that the write means.
     *
     * @throws MissingPreconditionException where it names none
     */
    public ExpectedVersion expected() {
        if (value(WriteHeader.IF_MATCH) == null) {
            throw new MissingPreconditionException();
        }
        return expectedOrAny();
    }

    /** The version that the write means; where it names none, the last write wins. */
    public ExpectedVersion expectedOrAny() {
        String ifMatch = value(WriteHeader.IF_MATCH);
        return ifMatch == null ? ExpectedVersion.any() : EntityVersion.ofIfMatch(ifMatch);
    }

    private @Nullable String given(WriteHeader header, int longest, String refusal) {
        String value = value(header);
        if (value != null && value.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidFieldException(
                    header.headerName(), value, "a text in a header is UTF-8 without control characters");
        }
        String given = value == null || value.isBlank() ? null : value.strip();
        if (given != null && given.length() > longest) {
            throw new InvalidFieldException(header.headerName(), given, refusal);
        }
        return given;
    }

    private @Nullable String value(WriteHeader header) {
        String[] values = request.getHeaderValues(header.headerName());
        return values == null ? null : decoded(String.join(",", values));
    }

    /** Tomcat reads headers as ISO 8859-1 while terminals send UTF-8; what is none stays as it was read. */
    private static String decoded(String header) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return header;
        }
    }

    /** Gives them to the methods that have a parameter for them. */
    public static final class Resolver implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == WriteHeaders.class;
        }

        @Override
        public WriteHeaders resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            return new WriteHeaders(request);
        }
    }
}
