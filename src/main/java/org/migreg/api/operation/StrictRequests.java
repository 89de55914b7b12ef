package org.migreg.api.operation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.json.LikelyName;
import org.migreg.web.Negotiation;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartRequest;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.WebUtils;

/**
 * Refuses, before an operation of the API begins its work, what it would pass over in silence or find out too late:
 * parameters that it does not take, those given twice where one counts or without a value, a form in place of its body, and an Accept header
 * that takes in none of its media types. Nothing that is refused has changed anything.
 */
final class StrictRequests implements HandlerInterceptor {

    /**
     * What a method takes and gives.
     *
     * @param known all parameters that go with a body such as this method takes
     * @param ofOtherBodies those that go only with bodies of other media types
     */
    private record Signature(
            RequestParameters parameters,
            Set<String> known,
            Set<String> ofOtherBodies,
            List<MediaType> bodies,
            List<MediaType> representations) {

        static Signature of(HandlerMethod method) {
            Set<String> known = new TreeSet<>();
            Set<String> ofOtherBodies = new TreeSet<>();
            for (HandlerMethod each : OperationMethods.of(method)) {
                boolean isAlike = OperationMethods.consumed(each).equals(OperationMethods.consumed(method));
                (isAlike ? known : ofOtherBodies)
                        .addAll(RequestParameters.of(each).names());
            }
            ofOtherBodies.removeAll(known);
            return new Signature(
                    RequestParameters.of(method),
                    known,
                    ofOtherBodies,
                    OperationMethods.bodies(method),
                    Representations.of(method));
        }
    }

    private final Map<Method, Signature> signatures = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotSupportedException, HttpMediaTypeNotAcceptableException {
        if (handler instanceof HandlerMethod method && OperationMethods.isOperation(method)) {
            Signature signature = signatures.computeIfAbsent(method.getMethod(), first -> Signature.of(method));
            refuseFormAsBody(request, signature);
            negotiate(request, response, signature);
            refuseUnknown(request, signature);
        }
        return true;
    }

    /** curl says of every body that it is a form unless told otherwise; its parameters would be asked for, and the body be gone. */
    private static void refuseFormAsBody(HttpServletRequest request, Signature signature)
            throws HttpMediaTypeNotSupportedException {
        String type = request.getContentType();
        if (!signature.bodies().isEmpty()
                && type != null
                && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)) {
            throw new HttpMediaTypeNotSupportedException(MediaType.APPLICATION_FORM_URLENCODED, signature.bodies());
        }
    }

    /** What is agreed on here stays: Spring MVC would look at the header again after the work, with its parameters. */
    private static void negotiate(HttpServletRequest request, HttpServletResponse response, Signature signature)
            throws HttpMediaTypeNotAcceptableException {
        if (!signature.representations().isEmpty()) {
            MediaType wanted = Negotiation.wanted(request, signature.representations());
            response.setContentType(
                    (wanted.getType().equals("text") ? new MediaType(wanted, StandardCharsets.UTF_8) : wanted)
                            .toString());
        }
    }

    private static void refuseUnknown(HttpServletRequest request, Signature signature) {
        RequestParameters taken = signature.parameters();
        request.getParameterMap().forEach((name, values) -> {
            if (!taken.takes(name)) {
                throw unknown(name, values.length == 0 ? null : values[0], signature);
            }
            if (values.length > 1 && !taken.mayRepeat(name)) {
                throw new InvalidFieldException(
                        name,
                        String.join(", ", values),
                        "'" + name + "' is given " + values.length + " times: give it once");
            }
            if (taken.needsValue(name) && Arrays.stream(values).anyMatch(String::isBlank)) {
                throw new InvalidFieldException(name, "", "'" + name + "' has no value: give it one, or leave it out");
            }
        });
        MultipartRequest parts = WebUtils.getNativeRequest(request, MultipartRequest.class);
        if (parts != null) {
            for (String name : parts.getMultiFileMap().keySet()) {
                if (!taken.takesFile(name)) {
                    throw unknown(name, null, signature);
                }
            }
        }
    }

    private static InvalidFieldException unknown(String name, @Nullable String value, Signature signature) {
        String meant = LikelyName.of(name, signature.known());
        String elsewhere = meant == null ? LikelyName.of(name, signature.ofOtherBodies()) : null;
        return new InvalidFieldException(
                name,
                value,
                "there is no parameter '" + name + "' here: "
                        + (meant == null ? "" : "'" + meant + "' was likely meant; ")
                        + (elsewhere == null ? "" : "'" + elsewhere + "' goes with a body of another media type; ")
                        + (signature.known().isEmpty()
                                ? "none is taken"
                                : "known are " + String.join(", ", signature.known())));
    }
}
