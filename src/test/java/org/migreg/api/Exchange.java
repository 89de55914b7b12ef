package org.migreg.api;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer, as they went over the line.
 *
 * @param target path and query as the request gave them
 * @param sent the request's body; null where it is not known, since it was large or came as a stream
 */
@SuppressWarnings("ArrayRecordComponent") // A body is handed on and never compared.
record Exchange(
        String method,
        String target,
        @Nullable String sentType,
        byte @Nullable [] sent,
        int status,
        @Nullable String answeredType,
        @Nullable String etag,
        String answered) {

    private static final long LARGEST_KEPT = 8 << 20;

    static Exchange of(HttpRequest request, HttpResponse<String> answer) {
        String query = request.uri().getRawQuery();
        return new Exchange(
                request.method(),
                request.uri().getRawPath() + (query == null ? "" : "?" + query),
                request.headers().firstValue("Content-Type").orElse(null),
                request.bodyPublisher()
                        .map(Exchange::bytes)
                        .orElseGet(() -> Optional.of(new byte[0]))
                        .orElse(null),
                answer.statusCode(),
                answer.headers().firstValue("Content-Type").orElse(null),
                answer.headers().firstValue("ETag").orElse(null),
                answer.body());
    }

    /**
     * From the bytes of a connection.
     *
     * @param request the request's head, and its body where it has one
     * @param answer the whole answer
     */
    static Exchange ofBytes(String request, String answer) {
        String[] line = request.lines().findFirst().orElse("").split(" ", 3);
        String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        head.lines()
                .skip(1)
                .forEach(header -> headers.put(
                        header.substring(0, header.indexOf(':')),
                        header.substring(header.indexOf(':') + 1).strip()));
        String body = answer.substring(head.length() + 4);
        return new Exchange(
                line[0],
                line.length > 1 ? line[1] : "",
                null,
                null,
                Integer.parseInt(head.split(" ", 3)[1]),
                headers.get("Content-Type"),
                headers.get("ETag"),
                "chunked".equals(headers.get("Transfer-Encoding")) ? unchunked(body) : body);
    }

    /** Chunks counted in bytes, out of a text that was decoded as UTF-8. */
    private static String unchunked(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (true) {
            int end = at;
            while (bytes[end] != '\r') {
                end++;
            }
            int length = Integer.parseInt(new String(bytes, at, end - at, StandardCharsets.US_ASCII), 16);
            if (length == 0) {
                return text.toString();
            }
            text.append(new String(bytes, end + 2, length, StandardCharsets.UTF_8));
            at = end + 2 + length + 2;
        }
    }

    private static Optional<byte[]> bytes(HttpRequest.BodyPublisher body) {
        if (body.contentLength() < 0 || body.contentLength() > LARGEST_KEPT) {
            return Optional.empty();
        }
        byte[] all = new byte[(int) body.contentLength()];
        ByteBuffer into = ByteBuffer.wrap(all);
        body.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer part) {
                into.put(part);
            }

            @Override
            public void onError(Throwable failure) {
                throw new IllegalStateException(failure);
            }

            @Override
            public void onComplete() {}
        });
        return Optional.of(all);
    }

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    List<String> parameters() {
        int query = target.indexOf('?');
        return query < 0 ? List.of() : List.of(target.substring(query + 1).split("&"));
    }

    boolean hasSucceeded() {
        return status >= 200 && status < 300;
    }
}
