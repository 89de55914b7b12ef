package org.migreg.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.reading.FileContent;
import org.migreg.format.reading.Input;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.storage.SeedCaptures;

/** A list in whichever form people copy it is the same list. */
class CopiedListsTests {

    private static final RegisterList WHOLE =
            SeedCaptures.all().getFirst().registers().withoutValues();

    private static final Map<String, Function<RegisterList, byte[]>> FORMS = new LinkedHashMap<>();

    static {
        lines("one a line", RegisterId::toString);
        lines("quoted mail", id -> ">> > " + id);
        lines("without 0x", id -> id.toString().substring(2));
        lines("decimal", id -> Long.toUnsignedString(id.bits()));
        lines("C with comments", id -> "\t" + id + "ULL, /* " + id.name() + " */");
        lines("Markdown", id -> "- `" + id + "` " + id.name().replace("_", "\\_"));
        lines("elements that gdb prints", id -> "[7] = " + id);
        lines("the journal", id -> "Nov 02 08:15:42 host-a dump[1]: " + id);
        lines("colours", id -> "\u001b[32m" + id + "\u001b[0m");
        lines("no-break blanks and signs that are not seen", id -> "\u200b" + id + "\u00a0");
        lines("a page's table", id -> "<tr><td>" + id + "</td></tr>");
        lines("a spreadsheet with semicolons", id -> "\"" + id + "\";\"a description\";64");
        FORMS.put("gdb's array", list -> bytes(joined(list, ", ", "$1 = {", "}")));
        FORMS.put(
                "gdb's memory",
                list -> bytes(list.ids().stream()
                        .map(id -> "0xaaaaf0001000 <regs+16>:\t" + id)
                        .collect(Collectors.joining("\n"))));
        FORMS.put(
                "a map of JSON",
                list -> bytes(list.ids().stream()
                        .map(id -> "\"" + id + "\": \"0x0\"")
                        .collect(Collectors.joining(", ", "{", "}"))));
        FORMS.put("carriage returns alone", list -> bytes(joined(list, "\r", "", "")));
        FORMS.put(
                "quoted-printable",
                list -> bytes("Content-Transfer-Encoding: quoted-printable\n\n" + joined(list, "=20\n", "", "")));
        FORMS.put(
                "base64",
                list -> bytes("Content-Transfer-Encoding: base64\n\n"
                        + Base64.getMimeEncoder().encodeToString(bytes(joined(list, "\n", "", "")))));
        FORMS.put("UTF-16, big end first", list -> joined(list, "\n", "", "").getBytes(StandardCharsets.UTF_16BE));
        FORMS.put("UTF-32", list -> joined(list, "\n", "", "").getBytes(StandardCharsets.UTF_32LE));
    }

    private static void lines(String name, Function<RegisterId, String> line) {
        FORMS.put(name, list -> bytes(list.ids().stream().map(line).collect(Collectors.joining("\n"))));
    }

    private static String joined(RegisterList list, String between, String before, String after) {
        return list.ids().stream().map(RegisterId::toString).collect(Collectors.joining(between, before, after));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RegisterList read(byte[] content) {
        try {
            Input file = Input.of(new ByteArrayInputStream(content));
            return ((FileContent.Captures) CaptureFormats.open(file))
                    .readings()
                    .getFirst()
                    .registers();
        } catch (IOException | UnreadableCaptureException unreadable) {
            throw new UncheckedIOException(new IOException(unreadable));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyFormIsReadAsTheList() {
        return FORMS.entrySet().stream()
                .map(form -> DynamicTest.dynamicTest(
                        form.getKey(),
                        () -> assertThat(read(form.getValue().apply(WHOLE)).withoutValues())
                                .isEqualTo(WHOLE)));
    }
}
