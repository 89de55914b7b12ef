package org.migreg.api.limits;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Answers requests that are refused before anything is done with them. */
public interface Refusals {

    void refuse(HttpServletRequest request, HttpServletResponse response, RefusedRequestException refusal)
            throws IOException;

    /** Has the page of errors say why. */
    static void note(HttpServletRequest request, RefusedRequestException why) {
        Exchange exchange = Exchange.of(request);
        if (exchange != null) {
            exchange.refuse(why);
        }
    }

    /** Why a request is not served, if that is so. */
    static @Nullable RefusedRequestException of(HttpServletRequest request) {
        Exchange exchange = Exchange.of(request);
        return exchange == null ? null : exchange.refusal();
    }
}
