package org.migreg.dashboard.captures;

import static org.migreg.contract.InvalidFieldException.reading;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureIndex;
import org.migreg.capture.CaptureQuery;
import org.migreg.capture.StoredCapture;
import org.migreg.dashboard.PageAddress;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterId;

/**
 * Which captures a page lists; null restricts nothing.
 *
 * @param kernel the release, as {@code uname -r} prints it
 * @param feature a vCPU feature that it must have
 * @param register one that it must list, in any form
 */
public record CaptureFilter(
        @Nullable String kernel,
        @Nullable String cpuModel,
        @Nullable String accelerator,
        @Nullable String vcpuFeatureSet,
        @Nullable String feature,
        @Nullable String register) {

    public CaptureFilter {
        kernel = nullIfBlank(kernel);
        cpuModel = nullIfBlank(cpuModel);
        accelerator = nullIfBlank(accelerator);
        vcpuFeatureSet = nullIfBlank(vcpuFeatureSet);
        feature = nullIfBlank(feature);
        register = nullIfBlank(register);
    }

    static final CaptureFilter NONE = new CaptureFilter(null, null, null, null, null, null);

    static @Nullable String nullIfBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    List<StoredCapture> of(CaptureIndex index) {
        String running = accelerator;
        String listed = register;
        Accelerator wantedAccelerator =
                running == null ? null : reading("accelerator", running, () -> Accelerator.parse(running));
        RegisterId wanted = listed == null ? null : reading("register", listed, () -> RegisterId.parseLenient(listed));
        CaptureQuery query =
                new CaptureQuery(kernel, null, cpuModel, wantedAccelerator, vcpuFeatureSet, null, null, null);
        return index.matching(query).stream()
                .filter(stored ->
                        feature == null || stored.capture().vcpuFeatures().contains(feature))
                .filter(stored -> wanted == null || stored.capture().registers().contains(wanted))
                .toList();
    }

    /** The address of a page of what this finds. */
    public String address(long offset) {
        Map<String, Object> given = new LinkedHashMap<>();
        put(given, "kernel", kernel);
        put(given, "cpuModel", cpuModel);
        put(given, "accelerator", accelerator);
        put(given, "vcpuFeatureSet", vcpuFeatureSet);
        put(given, "feature", feature);
        put(given, "register", register);
        put(given, "offset", offset == 0 ? null : offset);
        return PageAddress.of("/captures", given);
    }

    private static void put(Map<String, Object> given, String name, @Nullable Object value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
