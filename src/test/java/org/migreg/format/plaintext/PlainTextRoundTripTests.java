package org.migreg.format.plaintext;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.migreg.capture.Capture;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.property.Generator;
import org.migreg.property.Property;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;

class PlainTextRoundTripTests {

    @Test
    void whatIsWrittenIsReadBack() {
        Property.holds(300, given -> {
            RegisterList registers = given.any(registers());
            String text = PlainTextWriter.write(registers);
            assertThat(PlainTextReader.read(text.getBytes(StandardCharsets.UTF_8))
                            .registers())
                    .isEqualTo(registers);
        });
    }

    @Test
    void theWholeDocument() {
        RegisterList registers = RegisterList.builder()
                .add(new RegisterId(0x6030_0000_0016_0003L))
                .add(new RegisterId(0x6030_0000_0013_c103L), 0x1f)
                .build();
        Capture capture = new Capture(
                registers,
                KernelRelease.parse("6.12.107+deb13-arm64"),
                "Debian\nlinux",
                "neoverse-v1",
                null,
                Accelerator.KVM,
                null,
                null,
                "qemu-host",
                List.of(),
                null,
                null,
                "",
                null);
        String text = PlainTextWriter.write(capture);
        assertThat(text).isEqualTo("""
                # kernelRelease: 6.12.107+deb13-arm64
                # package: Debian linux
                # cpuModel: neoverse-v1
                # accelerator: kvm
                # vcpuFeatureSet: qemu-host
                0x603000000013c103 = 0x1f # TCR2_EL1
                0x6030000000160003 # KVM_REG_ARM_VENDOR_HYP_BMAP_2
                """);
        assertThat(PlainTextReader.read(text.getBytes(StandardCharsets.UTF_8)).registers())
                .isEqualTo(registers);
    }

    private static Generator<RegisterList> registers() {
        Generator<Long> family = Generator.of(
                0x6030_0000_0013_0000L,
                0x6030_0000_0014_0000L,
                0x6030_0000_0016_0000L,
                0x6020_0000_0011_0000L,
                0x4020_0000_200e_0000L,
                0x4030_0000_000f_0000L);
        Generator<Long> ids = given -> given.any(family) | given.any(Generator.longs(0, 0xffff));
        return given -> {
            RegisterList.Builder builder = RegisterList.builder();
            for (long id : given.any(ids.set(1, 60))) {
                Long value = given.any(Generator.longs().orNull(0.3));
                if (value == null) {
                    builder.add(new RegisterId(id));
                } else {
                    builder.add(new RegisterId(id), value);
                }
            }
            return builder.build();
        };
    }
}
