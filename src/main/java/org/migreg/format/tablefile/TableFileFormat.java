package org.migreg.format.tablefile;

import java.io.Writer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** The two texts that a table file can be. */
public enum TableFileFormat {
    YAML("application/yaml"),
    JSON("application/json");

    private static final YAMLFactory YAML_FACTORY = YAMLFactory.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .enable(YAMLWriteFeature.LITERAL_BLOCK_STYLE)
            .enable(YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
            .loadSettings(LoadSettings.builder()
                    .setCodePointLimit(TableFileReader.LONGEST_TEXT)
                    .setMaxAliasesForCollections(0)
                    .build())
            .streamReadConstraints(constraints())
            .build();
    private static final YAMLFactory YAML_WITHOUT_BLOCKS =
            YAML_FACTORY.rebuild().disable(YAMLWriteFeature.LITERAL_BLOCK_STYLE).build();
    private static final TokenStreamFactory JSON_FACTORY =
            JsonFactory.builder().streamReadConstraints(constraints()).build();

    private final String mediaType;

    TableFileFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The registered media type; RFC 9512 has the one for YAML. */
    public String mediaType() {
        return mediaType;
    }

    TokenStreamFactory factory() {
        return switch (this) {
            case YAML -> YAML_FACTORY;
            case JSON -> JSON_FACTORY;
        };
    }

    /**
     * @param blocks whether YAML's texts of several lines may be literal blocks, in which snakeyaml-engine
     *     3.0.1 mistakes U+0085 for a line break of its own
     */
    JsonGenerator generator(Writer writer, boolean blocks) {
        TokenStreamFactory factory = this == YAML && !blocks ? YAML_WITHOUT_BLOCKS : factory();
        return factory.createGenerator(new Layout(), writer);
    }

    private static StreamReadConstraints constraints() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(TableFileReader.DEEPEST_NESTING)
                .maxStringLength(TableFileReader.LONGEST_TEXT)
                .build();
    }

    /** Objects and arrays in lines of their own, two blanks deeper each, lines ended by {@code \n} everywhere. */
    static final class Layout extends ObjectWriteContext.Base {
        private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                            .withArrayEmptySeparator("")
                            .withObjectEmptySeparator(""))
                    .withObjectIndenter(INDENTER)
                    .withArrayIndenter(INDENTER);
        }
    }
}
