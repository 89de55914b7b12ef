package org.migreg.format.capturejson;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.SaidOfHost;
import org.migreg.capture.SaidOfHost.Fact;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.property.Generator;
import org.migreg.property.Property;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.WritableMasks;

class CaptureJsonRoundTripTests {

    @Test
    void whatIsWrittenIsReadBack() {
        Property.holds(200, given -> {
            List<Capture> captures = given.any(captures());
            String text = CaptureJsonWriter.write(captures);
            List<CaptureReading> readings = CaptureJsonReader.read(text.getBytes(StandardCharsets.UTF_8));
            assertThat(readings)
                    .allSatisfy(reading -> assertThat(reading.remarks()).isEmpty());
            assertThat(readings.stream().map(CaptureJsonRoundTripTests::capture))
                    .containsExactlyElementsOf(captures);
        });
    }

    @Test
    void theWholeDocument() {
        Capture capture = new Capture(
                RegisterList.builder()
                        .add(new RegisterId(0x6030_0000_0016_0003L))
                        .add(new RegisterId(0x6030_0000_0013_c103L), 0x1f)
                        .build(),
                KernelRelease.parse("6.18.15+deb13-arm64"),
                "Debian \"linux\"",
                "neoverse-v1",
                0x411f_d401L,
                Accelerator.KVM,
                QemuVersion.parse("11.1.3"),
                "virt-11.1",
                "qemu-host",
                List.of("psci-0.2", "pmu-v3"),
                new WritableMasks(Map.of(new RegisterId(0x6030_0000_0013_c020L), 0xffL)),
                2,
                "by hand",
                null);
        assertThat(CaptureJsonWriter.write(capture)).isEqualTo("""
                {
                 "kernelRelease": "6.18.15+deb13-arm64",
                 "package": "Debian \\"linux\\"",
                 "cpuModel": "neoverse-v1",
                 "midr": "0x00000000411fd401",
                 "accelerator": "kvm",
                 "qemuVersion": "11.1.3",
                 "machineType": "virt-11.1",
                 "vcpuFeatureSet": "qemu-host",
                 "vcpuFeatures": [
                  "pmu-v3",
                  "psci-0.2"
                 ],
                 "source": "by hand",
                 "hardwareNv": 2,
                 "writableMasks": [
                  ["0x603000000013c020", "0xff"]
                 ],
                 "registers": [
                  ["0x603000000013c103", "0x1f"],
                  ["0x6030000000160003", null]
                 ]
                }
                """);
    }

    private static Capture capture(CaptureReading reading) {
        SaidOfHost host = reading.host();
        String kernel = host.get(Fact.KERNEL_RELEASE);
        Set<String> features = host.get(Fact.VCPU_FEATURES);
        return new Capture(
                reading.registers(),
                kernel == null ? null : KernelRelease.parse(kernel),
                host.get(Fact.KERNEL_PACKAGE),
                host.get(Fact.CPU_MODEL),
                host.get(Fact.MIDR),
                host.get(Fact.ACCELERATOR),
                host.get(Fact.QEMU),
                host.get(Fact.MACHINE_TYPE),
                host.get(Fact.VCPU_FEATURE_SET),
                features == null ? List.of() : List.copyOf(features),
                host.get(Fact.MASKS),
                host.get(Fact.HARDWARE_NV),
                host.get(Fact.ORIGIN) == null ? "" : host.get(Fact.ORIGIN),
                null);
    }

    private static Generator<List<Capture>> captures() {
        Generator<String> words = Generator.of("neoverse-v1", "virt-10.1", "qemu-host+mte", "a", "x=1,y");
        Generator<RegisterId> ids =
                Generator.longs(0, 0xffff).map(index -> new RegisterId(0x6030_0000_0013_0000L | index));
        Generator<RegisterList> registers = given -> {
            RegisterList.Builder builder = RegisterList.builder();
            for (RegisterId id : given.any(ids.set(1, 20))) {
                Long value = given.any(Generator.longs().orNull(0.3));
                if (value == null) {
                    builder.add(id);
                } else {
                    builder.add(id, value);
                }
            }
            return builder.build();
        };
        Generator<WritableMasks> masks =
                Generator.maps(ids, Generator.longs(), 5).map(WritableMasks::new);
        Generator<KernelRelease> kernels = Generator.of("6.16", "6.12.107+deb13-arm64", "5.14.0-503.el9.aarch64")
                .map(KernelRelease::parse);
        // Half of a surrogate pair has no form in UTF-8.
        Generator<String> texts = Generator.texts(1, 20).map(any -> "p" + any.replaceAll("\\p{Cs}", "?"));
        Generator<Capture> capture = given -> {
            String text = given.any(texts.orNull(0.3));
            String word = given.any(words.orNull(0.3));
            Long midr = given.any(Generator.longs(0, 0xffff_ffffL).orNull(0.3));
            return new Capture(
                    given.any(registers),
                    given.any(kernels.orNull(0.2)),
                    text,
                    word,
                    midr,
                    given.any(Generator.of(Accelerator.class)),
                    midr == null ? null : QemuVersion.parse("10.1.0-15.el10"),
                    word,
                    word,
                    given.any(words.list(0, 4)),
                    given.any(masks.orNull(0.5)),
                    given.any(Generator.integers(0, 15).orNull(0.3)),
                    text == null ? "" : text,
                    null);
        };
        return capture.list(1, 3);
    }
}
