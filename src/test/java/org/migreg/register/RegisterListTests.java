package org.migreg.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.migreg.evaluation.RecordedOutcomes;
import org.migreg.property.Generator;
import org.migreg.property.Property;
import tools.jackson.databind.JsonNode;

class RegisterListTests {

    private static final RegisterId TCR2 = RegisterId.parse("0x603000000013c103");
    private static final RegisterId PIR = RegisterId.parse("0x603000000013c513");

    private static RegisterList ofIds(List<RegisterId> ids) {
        RegisterList.Builder builder = RegisterList.builder();
        ids.forEach(builder::add);
        return builder.build();
    }

    @Test
    void aRawDumpOfARealKernelLosesItsCoreAndSveRegistersAndNothingElse() {
        for (String name : List.of(
                "6.1.0-50-arm64__neoverse-v1__qemu-host",
                "6.12.107+deb13-arm64__max__qemu-host",
                "7.3.4+deb13-arm64__neoverse-n2__qemu-host")) {
            JsonNode raw = RecordedOutcomes.capture(name).get("registers");
            TreeSet<Long> expected = new TreeSet<>(Long::compareUnsigned);
            for (JsonNode pair : raw) {
                long bits = Long.parseUnsignedLong(pair.get(0).asString().substring(2), 16);
                long coprocessor = bits >>> 16 & 0xfff;
                if (coprocessor != 0x10 && coprocessor != 0x15) {
                    expected.add(bits);
                }
            }
            RegisterList list = RecordedOutcomes.registers(raw);
            assertThat(list.ids().stream().map(RegisterId::bits)).containsExactlyElementsOf(expected);
            assertThat(list.size()).isLessThan(raw.size());
            assertThat(list.valueCount()).isEqualTo(list.size());
        }
    }

    @Test
    void aNormalisedCaptureHasAsManyRegistersAsWereReallyWrittenBetweenTwinHosts() {
        int twins = 0;
        for (JsonNode row : RecordedOutcomes.rows("kvm-set-one-reg")) {
            String features = row.get("vcpuFeatureSet").asString();
            if (!row.get("kind").asString().equals("common-registers")
                    || !row.get("sourceKernel").equals(row.get("destinationKernel"))
                    || !row.get("sourceCpuModel").equals(row.get("destinationCpuModel"))) {
                continue;
            }
            twins++;
            String name = row.get("sourceKernel").asString() + "__"
                    + row.get("sourceCpuModel").asString() + (features.endsWith("+mte") ? "-mte" : "") + "__"
                    + features.replace('+', '_');
            RegisterList list =
                    RecordedOutcomes.registers(RecordedOutcomes.capture(name).get("registers"));
            assertThat(list.size()).as(name).isEqualTo(row.get("written").asInt());
        }
        assertThat(twins).isGreaterThan(20);
    }

    @Test
    void droppedRegistersAreCounted() {
        RegisterList.Builder builder = RegisterList.builder()
                .add(RegisterId.parse("0x6030000000100000"))
                .add(RegisterId.parse("0x6080000000150000"), 0)
                .add(RegisterId.parse("0x6040000000150001"))
                .add(TCR2);
        assertThat(builder.build().ids()).containsExactly(TCR2);
        assertThat(builder.droppedCore()).isEqualTo(1);
        assertThat(builder.droppedSve()).isEqualTo(2);
    }

    @Test
    void aRegisterOfAnotherSizeOrArchitectureIsRefused() {
        for (String id : List.of(
                "0x604000000013c103",
                "0x601000000013c103",
                "0x2030000000000000",
                "0x0000000000000000",
                "0xf030000000130000")) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> RegisterList.builder().add(RegisterId.parse(id)))
                    .withMessageContaining(id)
                    .withMessageContaining("4 or 8 bytes");
        }
    }

    @Test
    void aRegisterThatStandsTwiceCountsOnceUnlessItsValuesDiffer() {
        RegisterList.Builder builder = RegisterList.builder()
                .add(TCR2, 5)
                .add(TCR2)
                .add(TCR2, 5)
                .add(PIR)
                .add(PIR, 7);
        RegisterList list = builder.build();
        assertThat(list).hasToString("0x603000000013c103=0x5\n0x603000000013c513=0x7\n");
        assertThat(builder.repeated()).isEqualTo(3);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(
                        () -> RegisterList.builder().add(TCR2, 5).add(TCR2, 6).build())
                .withMessageContaining("0x603000000013c103 (TCR2_EL1) stands twice with different values, 0x5 and 0x6");
    }

    @Test
    void aListLongerThanAnyHostsIsRefusedAndTheLongestIsNot() {
        RegisterList.Builder longest = RegisterList.builder();
        for (int i = 0; i < RegisterList.LARGEST; i++) {
            longest.add(new RegisterId(0x6030_0000_0013_0000L | i));
        }
        assertThat(longest.build().size()).isEqualTo(8192);
        longest.add(new RegisterId(0x6030_0000_0013_ffffL));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(longest::build)
                .withMessageContaining("at most 8192 registers");
        RegisterList.Builder endless = RegisterList.builder();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> {
                    for (int i = 0; i < 60_000; i++) {
                        endless.add(new RegisterId(0x6030_0000_0013_0000L | i));
                    }
                })
                .withMessageContaining("at most 8192 registers");
    }

    @Test
    void orderIsUnsigned() {
        RegisterId aarch32 = RegisterId.parse("0x40200000200e0298");
        RegisterList list = ofIds(List.of(PIR, aarch32, TCR2));
        assertThat(list.ids()).containsExactly(aarch32, TCR2, PIR);
        assertThat(list.without(new long[] {aarch32.bits(), PIR.bits(), 0x8000_0000_0000_0000L})
                        .ids())
                .containsExactly(TCR2);
    }

    @Test
    void aListIsTheSameHoweverItCameToItsRegisters() {
        RegisterList valued = RegisterList.builder().add(TCR2, 5).add(PIR).build();
        RegisterList rest = valued.without(new long[] {TCR2.bits()});
        assertThat(rest).isEqualTo(ofIds(List.of(PIR))).hasSameHashCodeAs(ofIds(List.of(PIR)));
        assertThat(valued.withoutValues()).isEqualTo(ofIds(List.of(PIR, TCR2)));
        assertThat(valued).isNotEqualTo(valued.withoutValues());
    }

    private static Generator<Map<Long, Long>> registers() {
        Generator<Long> family = Generator.of(0x6030_0000_0013_0000L, 0x6020_0000_0011_0000L, 0x4020_0000_200e_0000L);
        Generator<Long> id = given -> given.any(family) | given.any(Generator.integers(0, 40));
        // A negative value stands for none.
        return Generator.maps(id, Generator.longs(-2, 9), 120);
    }

    @Test
    void takingRegistersOutIsTakingThemOutOfAMap() {
        Property.holds(300, given -> {
            Map<Long, Long> registers = given.any(registers());
            Map<Long, Long> removed = given.any(registers());
            RegisterList list = listOf(registers);
            TreeSet<Long> ids = new TreeSet<>(Long::compareUnsigned);
            ids.addAll(removed.keySet());
            TreeMap<Long, Long> kept = new TreeMap<>(registers);
            kept.keySet().removeAll(ids);
            RegisterList without =
                    list.without(ids.stream().mapToLong(Long::longValue).toArray());
            assertThat(without).isEqualTo(listOf(kept));
            assertThat(without.valueCount())
                    .isEqualTo((int) kept.values().stream().filter(v -> v >= 0).count());
        });
    }

    @Test
    void everyRegisterIsFoundWithItsValueAndNoOther() {
        Property.holds(300, given -> {
            Map<Long, Long> registers = given.any(registers());
            RegisterList list = listOf(registers);
            TreeSet<Long> sorted = new TreeSet<>(Long::compareUnsigned);
            sorted.addAll(registers.keySet());
            List<Long> found = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                long id = list.idAt(i);
                found.add(id);
                assertThat(list.indexOf(id)).isEqualTo(i);
                long value = registers.get(id);
                assertThat(list.hasValueAt(i)).isEqualTo(value >= 0);
                assertThat(list.valueOf(id).isPresent()).isEqualTo(value >= 0);
                assertThat(list.valueOf(id).orElse(value)).isEqualTo(value);
                assertThat(list.indexOf(id + 0x100)).isNegative();
            }
            assertThat(found).containsExactlyElementsOf(sorted);
        });
    }

    private static RegisterList listOf(Map<Long, Long> registers) {
        RegisterList.Builder builder = RegisterList.builder();
        registers.forEach((id, value) -> {
            if (value < 0) {
                builder.add(new RegisterId(id));
            } else {
                builder.add(new RegisterId(id), value);
            }
        });
        return builder.build();
    }
}
