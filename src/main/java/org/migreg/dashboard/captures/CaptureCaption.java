package org.migreg.dashboard.captures;

import java.util.ArrayList;
import java.util.List;
import org.migreg.capture.Capture;
import org.migreg.capture.StoredCapture;
import org.migreg.hostkernel.KernelRelease;

/** What a capture is called where there is one line for it. */
public record CaptureCaption(String id, String text) {

    static CaptureCaption of(StoredCapture stored) {
        return new CaptureCaption(stored.id().text(), text(stored.capture()));
    }

    static String text(Capture capture) {
        List<String> words = new ArrayList<>();
        KernelRelease kernel = capture.kernel();
        words.add(kernel == null ? capture.accelerator().toString() : kernel.text());
        if (capture.cpuModel() != null) {
            words.add(capture.cpuModel());
        }
        if (capture.vcpuFeatureSet() != null) {
            words.add(capture.vcpuFeatureSet());
        }
        if (capture.qemu() != null) {
            words.add("QEMU " + capture.qemu());
        }
        if (capture.machineType() != null) {
            words.add(capture.machineType());
        }
        words.add(capture.registers().size() + " registers");
        return String.join(" · ", words);
    }
}
