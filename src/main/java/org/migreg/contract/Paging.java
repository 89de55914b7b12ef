package org.migreg.contract;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which part of a list a request wants. */
public record Paging(
        @Parameter(schema = @Schema(type = "integer", minimum = "0")) @Nullable
        Long offset,

        @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "1000")) @Nullable
        Integer limit) {

    /** @param usual how many items a page has at most where the request does not say it */
    public <T> ItemsView<T> of(List<T> all, int usual) {
        return ItemsView.page(all, Objects.requireNonNullElse(offset, 0L), Objects.requireNonNullElse(limit, usual));
    }
}
