package org.migreg.contract;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;

/** A page of a list. */
public record ItemsView<T>(
        List<T> items,

        @Schema(description = "How many there are in all.", minimum = "0")
        long total,

        @Schema(description = "How many were passed over before the first item.", minimum = "0")
        long offset,

        @Schema(description = "How many a page has at most.", minimum = "1")
        int limit) {

    public static final int LARGEST_PAGE = 1000;

    /** The same page of what the function makes of each. */
    public <R> ItemsView<R> map(Function<T, R> view) {
        return new ItemsView<>(items.stream().map(view).toList(), total, offset, limit);
    }

    /** One page of all these. */
    public static <T> ItemsView<T> page(List<T> all, long offset, int limit) {
        if (offset < 0) {
            throw new InvalidFieldException("offset", offset, "offset must be 0 or more");
        }
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new InvalidFieldException("limit", limit, "limit must be 1 to " + LARGEST_PAGE);
        }
        int from = (int) Math.min(offset, all.size());
        return new ItemsView<>(all.subList(from, Math.min(all.size(), from + limit)), all.size(), offset, limit);
    }
}
