package org.migreg.format.reading;

import java.util.ArrayList;
import java.util.List;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.register.Text;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON within bounds of depth and lengths, and without a member twice. */
public final class StrictJson {

    private static final int LONGEST_MESSAGE = 300;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20)
                            .maxNumberLength(1000)
                            .maxStringLength(10_000)
                            .maxNameLength(1000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /**
     * The documents that stand one after the other in a text, at most one more than asked for.
     *
     * @param format for the error
     * @throws UnreadableCaptureException with the place, when it is malformed
     */
    public static List<JsonNode> documents(byte[] text, int most, String format) {
        List<JsonNode> documents = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            while (documents.size() <= most && parser.nextToken() != null) {
                documents.add(JSON.readTree(parser));
            }
        } catch (JacksonException malformed) {
            TokenStreamLocation where = malformed.getLocation();
            String place = where == null ? "" : "line " + where.getLineNr() + ", column " + where.getColumnNr() + ": ";
            String reason = String.valueOf(malformed.getOriginalMessage())
                    .lines()
                    .findFirst()
                    .orElse("no reason given");
            throw new UnreadableCaptureException(
                    format,
                    where == null ? -1 : where.getByteOffset(),
                    "malformed JSON at " + place + Text.shortened(reason, LONGEST_MESSAGE));
        }
        return documents;
    }
}
