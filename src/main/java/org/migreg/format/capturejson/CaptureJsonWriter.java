package org.migreg.format.capturejson;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes captures as {@link CaptureJsonReader} reads them, one register a line, fields in the
 * collector's order, unknown ones left out. The same capture always gives the same text.
 */
public final class CaptureJsonWriter {

    private static final JsonMapper JSON = JsonMapper.shared();

    private CaptureJsonWriter() {}

    /** One document. */
    public static String write(Capture capture) {
        return document(capture) + "\n";
    }

    /** An array of documents in the given order. */
    public static String write(List<Capture> captures) {
        StringJoiner array = new StringJoiner(",\n", "[\n", "\n]\n");
        for (Capture capture : captures) {
            array.add(document(capture));
        }
        return array.toString();
    }

    private static String document(Capture capture) {
        StringJoiner document = new StringJoiner(",\n ", "{\n ", "\n}");
        text(
                document,
                "kernelRelease",
                capture.kernel() == null ? null : capture.kernel().text());
        text(document, "package", capture.kernelPackage());
        text(document, "cpuModel", capture.cpuModel());
        text(
                document,
                "midr",
                capture.midr() == null ? null : "0x" + HexFormat.of().toHexDigits(capture.midr()));
        text(document, "accelerator", capture.accelerator().toString());
        text(
                document,
                "qemuVersion",
                capture.qemu() == null ? null : capture.qemu().text());
        text(document, "machineType", capture.machineType());
        text(document, "vcpuFeatureSet", capture.vcpuFeatureSet());
        if (!capture.vcpuFeatures().isEmpty()) {
            array(
                    document,
                    "vcpuFeatures",
                    capture.vcpuFeatures().stream()
                            .map(CaptureJsonWriter::quoted)
                            .toList());
        }
        text(document, "source", capture.origin().isEmpty() ? null : capture.origin());
        if (capture.hardwareNv() != null) {
            document.add("\"hardwareNv\": " + capture.hardwareNv());
        }
        if (capture.masks() != null) {
            List<String> masks = new ArrayList<>();
            for (Map.Entry<RegisterId, Long> mask : capture.masks().masks().entrySet()) {
                masks.add("[\"" + mask.getKey() + "\", \"0x" + Long.toHexString(mask.getValue()) + "\"]");
            }
            array(document, "writableMasks", masks);
        }
        array(document, "registers", registers(capture.registers()));
        return document.toString();
    }

    private static List<String> registers(RegisterList registers) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < registers.size(); i++) {
            String value = registers.hasValueAt(i) ? "\"0x" + Long.toHexString(registers.valueAt(i)) + "\"" : "null";
            lines.add("[\"" + registers.registerAt(i) + "\", " + value + "]");
        }
        return lines;
    }

    private static void text(StringJoiner document, String name, @Nullable String value) {
        if (value != null) {
            document.add("\"" + name + "\": " + quoted(value));
        }
    }

    private static void array(StringJoiner document, String name, List<String> elements) {
        document.add("\"" + name + "\": [" + (elements.isEmpty() ? "" : "\n  " + String.join(",\n  ", elements) + "\n ")
                + "]");
    }

    private static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }
}
