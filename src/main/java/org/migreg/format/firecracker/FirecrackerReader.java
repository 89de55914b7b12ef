package org.migreg.format.firecracker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.Normalisation;
import org.migreg.capture.SaidOfHost;
import org.migreg.capture.SaidOfHost.Fact;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.reading.CaptureFormat;
import org.migreg.format.reading.FileContent;
import org.migreg.format.reading.Head;
import org.migreg.format.reading.Input;
import org.migreg.format.reading.StrictJson;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.register.Midr;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.RegisterValue;
import tools.jackson.databind.JsonNode;

/**
 * Reads a fingerprint ({@code kernel_version}, {@code guest_cpu_config.reg_modifiers}: every register
 * of a Firecracker guest with its value) or a CPU template ({@code reg_modifiers} alone: the registers
 * that a template changes, which is no host's list, and is said so).
 *
 * <p>A modifier is {@code addr}, a register ID, and {@code bitmap}, {@code 0b} and the bits from the
 * highest down, x for a bit left alone. Source: Firecracker's {@code docs/cpu_templates/cpu-templates.md}
 * and {@code cpu-template-helper.md}.
 */
public final class FirecrackerReader implements CaptureFormat {

    /** The name of the format of a fingerprint. */
    public static final String FINGERPRINT = "firecracker-fingerprint";

    /** The name of the format of a CPU template. */
    public static final String TEMPLATE = "firecracker-template";

    /** The longest input that is read, in bytes; a fingerprint takes 100,000. */
    private static final int LARGEST = 16 << 20;

    private static final Pattern MEMBER =
            Pattern.compile("\"(guest_cpu_config|reg_modifiers|vcpu_features|kvm_capabilities)\"");
    private static final Pattern BITMAP = Pattern.compile("0b[01x_]{1,4096}");

    @Override
    public String name() {
        return "firecracker";
    }

    @Override
    public String files() {
        return "Firecracker fingerprints and templates";
    }

    @Override
    public boolean recognises(Head head) throws IOException {
        return head.isJson() && MEMBER.matcher(head.text()).find();
    }

    @Override
    public FileContent read(Input file) throws IOException {
        return read(file.text(name(), LARGEST));
    }

    /**
     * @throws UnreadableCaptureException naming the field by JSON pointer
     */
    static FileContent.Captures read(byte[] content) {
        List<JsonNode> documents = StrictJson.documents(content, 1, FINGERPRINT);
        if (documents.size() != 1) {
            throw refused(FINGERPRINT, -1, "there must be one document: give a fingerprint or a CPU template");
        }
        JsonNode root = documents.getFirst();
        if (!root.isObject()) {
            throw refused(FINGERPRINT, -1, "the document is no object, as fingerprints and CPU templates are");
        }
        return root.has("guest_cpu_config") ? fingerprint(root) : template(root);
    }

    private static FileContent.Captures fingerprint(JsonNode root) {
        Modifiers modifiers = new Modifiers(FINGERPRINT);
        modifiers.read(
                "/guest_cpu_config/reg_modifiers", root.path("guest_cpu_config").path("reg_modifiers"));
        RegisterList registers = modifiers.built();
        List<String> remarks = new ArrayList<>();
        remarks.add("A fingerprint shows a Firecracker guest, whose vCPU features are not those of QEMU's -cpu host"
                + " (no PMU, no SVE unless a template adds it): its list is not what QEMU migrates on this host.");
        if (modifiers.undetermined > 0) {
            remarks.add(modifiers.undetermined
                    + " registers have bits marked x, which fingerprints do not have; their values are unknown.");
        }
        String version = text(root, "firecracker_version");
        return reading(
                FINGERPRINT,
                registers,
                modifiers,
                kernelRelease(root),
                version == null
                        ? "Firecracker cpu-template-helper fingerprint"
                        : "Firecracker " + version + " cpu-template-helper fingerprint",
                remarks);
    }

    private static FileContent.Captures template(JsonNode root) {
        if (!root.has("reg_modifiers")) {
            boolean isTemplate = root.has("kvm_capabilities") || root.has("vcpu_features");
            throw refused(
                    isTemplate ? TEMPLATE : FINGERPRINT,
                    -1,
                    isTemplate
                            ? "this CPU template modifies no register (it has no reg_modifiers), so there is no list to"
                                    + " read: give a fingerprint"
                            : "the document has neither guest_cpu_config, as a fingerprint has, nor reg_modifiers, as a"
                                    + " CPU template has");
        }
        Modifiers modifiers = new Modifiers(TEMPLATE);
        modifiers.read("/reg_modifiers", root.path("reg_modifiers"));
        RegisterList registers = modifiers.built();
        List<String> remarks = new ArrayList<>();
        remarks.add("A CPU template lists the " + registers.size()
                + " registers that it modifies, not all that a host has: do not compare it as a host's list.");
        if (modifiers.undetermined > 0) {
            remarks.add(modifiers.undetermined
                    + " registers have bits that the template leaves alone (x); their values are unknown.");
        }
        return reading(TEMPLATE, registers, modifiers, null, "Firecracker CPU template", remarks);
    }

    private static FileContent.Captures reading(
            String format,
            RegisterList registers,
            Modifiers modifiers,
            @Nullable String kernelRelease,
            String origin,
            List<String> remarks) {
        SaidOfHost shown = SaidOfHost.shownBy(registers);
        Long midr = shown.get(Fact.MIDR);
        SaidOfHost host = SaidOfHost.NOTHING
                .with(Fact.KERNEL_RELEASE, kernelRelease)
                .with(Fact.CPU_MODEL, midr == null || midr >>> 32 != 0 ? null : new Midr(midr).cpuModel())
                .with(Fact.ACCELERATOR, Accelerator.KVM)
                .with(Fact.ORIGIN, origin)
                .orElse(shown);
        return new FileContent.Captures(
                format, CaptureReading.ofOneList(registers, host, Normalisation.of(modifiers.builder), remarks));
    }

    private static @Nullable String kernelRelease(JsonNode root) {
        String release = text(root, "kernel_version");
        if (release == null) {
            return null;
        }
        try {
            return KernelRelease.parse(release).text();
        } catch (IllegalArgumentException refused) {
            throw refused(FINGERPRINT, -1, "/kernel_version is refused: " + refused.getMessage());
        }
    }

    private static @Nullable String text(JsonNode root, String name) {
        JsonNode node = root.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isString() || node.stringValue().length() > 200) {
            throw refused(FINGERPRINT, -1, "/" + name + " must be a text of at most 200 characters");
        }
        return node.stringValue();
    }

    private static UnreadableCaptureException refused(String format, long position, String message) {
        return new UnreadableCaptureException(format, position, message);
    }

    /** Collects {@code reg_modifiers}. */
    private static final class Modifiers {

        private final String format;
        private final RegisterList.Builder builder = RegisterList.builder();
        private final Map<RegisterId, Long> values = new HashMap<>();
        private String at = "";
        private int undetermined;

        Modifiers(String format) {
            this.format = format;
        }

        void read(String pointer, JsonNode modifiers) {
            at = pointer;
            if (!modifiers.isArray()) {
                throw refuse("must be an array of {\"addr\":, \"bitmap\":}");
            }
            for (int i = 0; i < modifiers.size(); i++) {
                at = pointer + "/" + i;
                modifier(modifiers.path(i));
            }
            at = pointer;
        }

        RegisterList built() {
            try {
                RegisterList built = builder.build();
                if (built.isEmpty()) {
                    throw refuse("holds no register that QEMU migrates");
                }
                return built;
            } catch (IllegalArgumentException invalid) {
                throw refuse("is refused: " + invalid.getMessage());
            }
        }

        private void modifier(JsonNode modifier) {
            JsonNode addr = modifier.path("addr");
            JsonNode bitmap = modifier.path("bitmap");
            if (!addr.isString() || !bitmap.isString()) {
                throw refuse("must be {\"addr\": \"0x603000000013c103\", \"bitmap\": \"0b01x...\"}, both texts");
            }
            String bits = bitmap.stringValue();
            if (!BITMAP.matcher(bits).matches()) {
                throw refuse("has a bitmap that is not 0b and up to 2,048 of 0, 1 and x");
            }
            try {
                // addr is a number for Firecracker: names and QEMU's forms are not meant here.
                RegisterId id =
                        new RegisterId(RegisterValue.parse(addr.stringValue()).bits());
                add(id, bits.substring(2).replace("_", ""));
            } catch (IllegalArgumentException invalid) {
                throw refuse("is refused: " + invalid.getMessage());
            }
        }

        private void add(RegisterId id, String bits) {
            if (RegisterList.Builder.drops(id)) {
                builder.add(id);
                return;
            }
            if (bits.isEmpty() || bits.indexOf('x') >= 0) {
                undetermined++;
                builder.add(id);
                return;
            }
            int first = bits.indexOf('1');
            String digits = first < 0 ? "0" : bits.substring(first);
            int width = 8 * id.encoding().sizeInBytes();
            if (digits.length() > Math.min(width, Long.SIZE)) {
                throw new IllegalArgumentException("the value of " + id + " (" + id.name() + ") has " + digits.length()
                        + " bits, while the register has " + width);
            }
            long value = Long.parseUnsignedLong(digits, 2);
            Long earlier = values.putIfAbsent(id, value);
            if (earlier != null && earlier != value) {
                throw new IllegalArgumentException(id + " (" + id.name() + ") stands twice with different values, 0x"
                        + Long.toHexString(earlier) + " and 0x" + Long.toHexString(value) + ": give it once");
            }
            builder.add(id, value);
        }

        private UnreadableCaptureException refuse(String message) {
            return refused(format, -1, at + " " + message);
        }
    }
}
