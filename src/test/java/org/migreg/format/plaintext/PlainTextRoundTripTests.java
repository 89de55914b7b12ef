package org.migreg.format.plaintext;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.migreg.capture.Capture;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;

class PlainTextRoundTripTests {

    @Property(tries = 300)
    void whatIsWrittenIsReadBack(@ForAll("registers") RegisterList registers) {
        String text = PlainTextWriter.write(registers);
        assertThat(PlainTextReader.read(text.getBytes(StandardCharsets.UTF_8)).registers())
                .isEqualTo(registers);
    }

    @Example
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
                "");
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

    @Provide
    Arbitrary<RegisterList> registers() {
        Arbitrary<Long> families = Arbitraries.of(
                0x6030_0000_0013_0000L,
                0x6030_0000_0014_0000L,
                0x6030_0000_0016_0000L,
                0x6020_0000_0011_0000L,
                0x4020_0000_200e_0000L,
                0x4030_0000_000f_0000L);
        Arbitrary<Long> ids = Combinators.combine(families, Arbitraries.longs().between(0, 0xffff))
                .as((family, index) -> family | index);
        return Combinators.combine(ids, Arbitraries.longs().injectNull(0.3))
                .as((id, value) -> new Object[] {id, value})
                .list()
                .ofMinSize(1)
                .ofMaxSize(60)
                .uniqueElements(pair -> pair[0])
                .map(pairs -> {
                    RegisterList.Builder builder = RegisterList.builder();
                    for (Object[] pair : pairs) {
                        if (pair[1] == null) {
                            builder.add(new RegisterId((Long) pair[0]));
                        } else {
                            builder.add(new RegisterId((Long) pair[0]), (Long) pair[1]);
                        }
                    }
                    return builder.build();
                });
    }
}
