package org.migreg.contract.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** A feed as JSON Feed 1.1 has it (https://www.jsonfeed.org/version/1.1/). */
@Schema(name = "JsonFeed")
public record JsonFeedView(
        String version,
        String title,
        @JsonProperty("feed_url") String feedUrl,
        List<ItemView> items) {

    public static final String VERSION = "https://jsonfeed.org/version/1.1";

    /** One revision. */
    @Schema(name = "JsonFeedItem")
    public record ItemView(
            String id,
            String url,
            String title,
            @JsonProperty("content_text") String contentText,
            @JsonProperty("date_published") Instant datePublished,
            List<AuthorView> authors,
            List<String> tags) {}

    /** Who wrote it. */
    @Schema(name = "JsonFeedAuthor")
    public record AuthorView(String name) {}
}
