package org.migreg.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.HttpMediaTypeNotAcceptableException;

/** Which of several representations a request asks for by its Accept header. */
public final class Negotiation {

    private Negotiation() {}

    /**
     * The first of these that the header's most wanted type takes in; the first of all where there is no header.
     *
     * @throws HttpMediaTypeNotAcceptableException where the header takes in none, or is malformed
     */
    public static MediaType wanted(HttpServletRequest request, List<MediaType> possible)
            throws HttpMediaTypeNotAcceptableException {
        List<MediaType> accepted = new ArrayList<>();
        try {
            accepted.addAll(MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT))));
        } catch (InvalidMediaTypeException malformed) {
            throw new HttpMediaTypeNotAcceptableException(possible);
        }
        if (accepted.isEmpty()) {
            return possible.getFirst();
        }
        MimeTypeUtils.sortBySpecificity(accepted);
        accepted.sort((a, b) -> Double.compare(b.getQualityValue(), a.getQualityValue()));
        for (MediaType type : accepted) {
            for (MediaType one : possible) {
                if (type.getQualityValue() > 0 && type.includes(one)) {
                    return one;
                }
            }
        }
        throw new HttpMediaTypeNotAcceptableException(possible);
    }
}
