package org.migreg.format.capturejson;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.SaidOfHost;
import org.migreg.capture.SaidOfHost.Fact;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.QemuVersion;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.WritableMasks;

class CaptureJsonRoundTripTests {

    @Property(tries = 200)
    void whatIsWrittenIsReadBack(@ForAll("captures") List<Capture> captures) {
        String text = CaptureJsonWriter.write(captures);
        List<CaptureReading> readings = CaptureJsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        assertThat(readings).allSatisfy(reading -> assertThat(reading.remarks()).isEmpty());
        assertThat(readings.stream().map(CaptureJsonRoundTripTests::capture)).containsExactlyElementsOf(captures);
    }

    @Example
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
                "by hand");
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
                host.get(Fact.ORIGIN) == null ? "" : host.get(Fact.ORIGIN));
    }

    @Provide
    Arbitrary<List<Capture>> captures() {
        Arbitrary<String> words = Arbitraries.of("neoverse-v1", "virt-10.1", "qemu-host+mte", "a", "x=1,y");
        Arbitrary<RegisterList> registers = Combinators.combine(
                        Arbitraries.longs().between(0, 0xffff),
                        Arbitraries.longs().injectNull(0.3))
                .as((index, value) -> new Object[] {index, value})
                .list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .uniqueElements(pair -> pair[0])
                .map(pairs -> {
                    RegisterList.Builder builder = RegisterList.builder();
                    for (Object[] pair : pairs) {
                        RegisterId id = new RegisterId(0x6030_0000_0013_0000L | (Long) pair[0]);
                        if (pair[1] == null) {
                            builder.add(id);
                        } else {
                            builder.add(id, (Long) pair[1]);
                        }
                    }
                    return builder.build();
                });
        Arbitrary<WritableMasks> masks = Arbitraries.maps(
                        Arbitraries.longs()
                                .between(0, 0xffff)
                                .map(index -> new RegisterId(0x6030_0000_0013_0000L | index)),
                        Arbitraries.longs())
                .ofMaxSize(5)
                .map(WritableMasks::new);
        return Combinators.combine(
                        registers,
                        Arbitraries.of("6.16", "6.12.107+deb13-arm64", "5.14.0-503.el9.aarch64")
                                .map(KernelRelease::parse)
                                .injectNull(0.2),
                        Arbitraries.strings()
                                .ofMinLength(1)
                                .ofMaxLength(20)
                                .map(text -> "p" + text)
                                .injectNull(0.3),
                        words.injectNull(0.3),
                        Arbitraries.longs().between(0, 0xffff_ffffL).injectNull(0.3),
                        Arbitraries.of(Accelerator.class),
                        words.list().ofMaxSize(4),
                        Combinators.combine(
                                        masks.injectNull(0.5),
                                        Arbitraries.integers().between(0, 15).injectNull(0.3))
                                .as((m, nv) -> new Object[] {m, nv}))
                .as((list, kernel, text, word, midr, accelerator, features, others) -> new Capture(
                        list,
                        kernel,
                        text,
                        word,
                        midr,
                        accelerator,
                        midr == null ? null : QemuVersion.parse("10.1.0-15.el10"),
                        word,
                        word,
                        features,
                        (WritableMasks) others[0],
                        (Integer) others[1],
                        text == null ? "" : text))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }
}
