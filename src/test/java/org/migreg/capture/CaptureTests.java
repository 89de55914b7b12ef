package org.migreg.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.migreg.evaluation.RecordedOutcomes;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.RegisterValue;
import org.migreg.register.WritableMasks;
import tools.jackson.databind.JsonNode;

class CaptureTests {

    private static final RegisterId TCR2 = RegisterId.parse("0x603000000013c103");
    private static final RegisterId VIRTUAL_COUNT = RegisterId.parseLenient("KVM_REG_ARM_TIMER_CNT");
    private static final RegisterId PHYSICAL_COUNT = RegisterId.parseLenient("CNTPCT_EL0");

    private static Capture capture(RegisterList registers) {
        return capture(registers, "6.12.107+deb13-arm64", List.of("psci", "pmu"), null, null, "by hand");
    }

    private static Capture capture(
            RegisterList registers,
            String kernel,
            List<String> features,
            @Nullable WritableMasks masks,
            @Nullable Integer hardwareNv,
            String origin) {
        return new Capture(
                registers,
                KernelRelease.parse(kernel),
                "Debian linux 6.12.107-1",
                "neoverse-v1",
                null,
                Accelerator.KVM,
                null,
                null,
                "qemu-host",
                features,
                masks,
                hardwareNv,
                origin,
                null);
    }

    private static RegisterList list() {
        return RegisterList.builder()
                .add(TCR2, 5)
                .add(VIRTUAL_COUNT, 1000)
                .add(PHYSICAL_COUNT, 1001)
                .build();
    }

    @Test
    void theOrderOfARawDumpAndTheRegistersThatNormalisationDropsDoNotMakeAnotherCapture() {
        JsonNode raw = RecordedOutcomes.capture("6.12.107+deb13-arm64__neoverse-v1__qemu-host")
                .get("registers");
        List<JsonNode> pairs = new ArrayList<>();
        raw.forEach(pairs::add);
        CaptureId asDumped = capture(RecordedOutcomes.registers(raw)).id();
        Collections.reverse(pairs);
        RegisterList.Builder builder = RegisterList.builder();
        for (JsonNode pair : pairs) {
            RegisterId id = RegisterId.parse(pair.get(0).asString());
            if (!RegisterList.Builder.drops(id)) {
                builder.add(id, RegisterValue.parse(pair.get(1).asString()).bits());
            }
        }
        assertThat(builder.droppedCore() + builder.droppedSve()).isZero();
        assertThat(capture(builder.build()).id()).isEqualTo(asDumped);
    }

    @Test
    void countersThatNeverStandStillDoNotMakeAnotherCapture() {
        RegisterList later = RegisterList.builder()
                .add(TCR2, 5)
                .add(VIRTUAL_COUNT, 2000)
                .add(PHYSICAL_COUNT, 2001)
                .build();
        assertThat(capture(later).id()).isEqualTo(capture(list()).id());
        assertThat(capture(later).listDigest()).isEqualTo(capture(list()).listDigest());
    }

    @Test
    void anotherValueOrRegisterOrKernelMakesAnotherCapture() {
        CaptureId id = capture(list()).id();
        RegisterList otherValue = RegisterList.builder()
                .add(TCR2, 6)
                .add(VIRTUAL_COUNT, 1000)
                .add(PHYSICAL_COUNT, 1001)
                .build();
        assertThat(capture(otherValue).id()).isNotEqualTo(id);
        assertThat(capture(list().without(new long[] {TCR2.bits()})).id()).isNotEqualTo(id);
        assertThat(capture(list().withoutValues()).id()).isNotEqualTo(id);
        Capture otherKernel = capture(list(), "6.12.43+deb12-arm64", List.of("psci", "pmu"), null, null, "by hand");
        assertThat(otherKernel.id()).isNotEqualTo(id);
        assertThat(otherKernel.listDigest()).isEqualTo(capture(list()).listDigest());
    }

    @Test
    void whatDoesNotMakeTheListAnotherOneDoesNotMakeAnotherCapture() {
        Capture other = capture(
                list(),
                "6.12.107+deb13-arm64",
                List.of("pmu", "psci", "pmu"),
                new WritableMasks(Map.of(TCR2, 1L)),
                2,
                "taken twice");
        assertThat(other.id()).isEqualTo(capture(list()).id());
        assertThat(other.vcpuFeatures()).containsExactly("pmu", "psci");
    }

    @Test
    void theIdIsASha256() {
        CaptureId id = capture(list()).id();
        assertThat(id.toString()).matches("sha256:[0-9a-f]{64}");
        assertThat(new CaptureId(id.text())).isEqualTo(id);
        for (String text : List.of("", "sha256:", "sha256:" + "A".repeat(64), "md5:" + "a".repeat(64))) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> new CaptureId(text))
                    .withMessageContaining("64 lower-case hex digits");
        }
    }

    @Test
    void whatIsOutOfBoundsIsRefused() {
        refused("at least one register", () -> capture(RegisterList.empty()));
        refused("hardwareNv is 16", () -> capture(list(), "6.12.5", List.of(), null, 16, ""));
        refused("vcpuFeatures", () -> capture(list(), "6.12.5", List.of("a b"), null, null, ""));
        refused("vcpuFeatures", () -> capture(list(), "6.12.5", Collections.nCopies(51, "a"), null, null, ""));
        refused("longer than 1000", () -> capture(list(), "6.12.5", List.of(), null, null, "x".repeat(1001)));
    }

    private static void refused(String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable attempt) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(attempt)
                .withMessageContaining(message);
    }
}
