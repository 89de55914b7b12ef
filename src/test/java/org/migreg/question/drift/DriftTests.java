package org.migreg.question.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.migreg.capture.Capture;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.storage.SeedCaptures;

/** Which hosts leave the baseline of their kernel, and in what. */
class DriftTests {

    private static final RegisterId TCR2 = RegisterId.parseLenient("TCR2_EL1");
    private static final RegisterId PIR = RegisterId.parseLenient("PIR_EL1");
    private static final RegisterId COUNT = RegisterId.parse("0x603000000013df01");
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private static RegisterList.Builder usual() {
        return RegisterList.builder().add(TCR2, 1).add(COUNT, 100);
    }

    private static Capture capture(
            RegisterList.Builder registers, String kernel, @Nullable String cpuModel, @Nullable String machineType) {
        return new Capture(
                registers.build(),
                KernelRelease.parse(kernel),
                null,
                cpuModel,
                null,
                Accelerator.KVM,
                null,
                machineType,
                "qemu-host",
                List.of(),
                null,
                null,
                "",
                null);
    }

    private static Capture capture(RegisterList.Builder registers) {
        return capture(registers, "6.12.1", "neoverse-v1", null);
    }

    /** Seen one second after the other. */
    private static List<KnownCapture> known(Object... capturesAndHosts) {
        List<KnownCapture> known = new ArrayList<>();
        for (int i = 0; i < capturesAndHosts.length; i += 2) {
            Capture capture = (Capture) capturesAndHosts[i];
            known.add(new KnownCapture(capture.id(), capture, FIRST.plusSeconds(i), (int) capturesAndHosts[i + 1]));
        }
        return known;
    }

    @Test
    void hostsThatLeaveTheListOfMostHostsAreReportedWithTheDifference() {
        Capture odd = capture(RegisterList.builder().add(TCR2, 2).add(PIR, 0));
        Capture common = capture(usual());

        List<Deviation> found = Drift.ofHosts(known(odd, 3, common, 997));

        assertThat(found)
                .containsExactly(new Deviation(
                        HostKind.of(common).orElseThrow(),
                        common.id(),
                        997,
                        false,
                        odd.id(),
                        3,
                        new CaptureDifference(
                                List.of(PIR),
                                List.of(COUNT),
                                List.of(new CaptureDifference.ChangedValue(TCR2, 1, 2)))));
    }

    @Test
    void countersThatMovedOnAreNoDrift() {
        Capture later = capture(RegisterList.builder().add(TCR2, 1).add(COUNT, 5));

        assertThat(CaptureDifference.between(usual().build(), later.registers()).isEmpty())
                .isTrue();
    }

    @Test
    void valuesThatOneSideDoesNotKnowAreNoDrift() {
        Capture idsAlone = capture(RegisterList.builder().add(TCR2).add(COUNT));

        assertThat(Drift.ofHosts(known(capture(usual()), 2, idsAlone, 1))).isEmpty();
    }

    @Test
    void anotherKernelOrCpuIsNoDrift() {
        Capture odd = capture(usual().add(PIR, 0), "6.12.2", "neoverse-v1", null);
        Capture otherCpu = capture(usual().add(PIR, 0), "6.12.1", "neoverse-n1", null);
        Capture unknownCpu = capture(usual().add(PIR, 0), "6.12.1", null, null);

        assertThat(Drift.ofHosts(known(capture(usual()), 5, odd, 1, otherCpu, 1, unknownCpu, 1)))
                .isEmpty();
    }

    @Test
    void whereTwoListsHaveEquallyManyHostsTheOlderIsTheBaselineAndTheTieIsSaid() {
        Capture older = capture(usual());
        Capture newer = capture(usual().add(PIR, 0));

        assertThat(Drift.ofHosts(known(older, 4, newer, 4))).singleElement().satisfies(deviation -> {
            assertThat(deviation.baseline()).isEqualTo(older.id());
            assertThat(deviation.tied()).isTrue();
            assertThat(deviation.difference().added()).containsExactly(PIR);
        });
    }

    @Test
    void capturesThatNoHostHasDisagreeAsKernelsAndDriftAsNoHost() {
        List<KnownCapture> known = known(capture(usual()), 0, capture(usual().add(PIR, 0)), 1);

        assertThat(Drift.ofHosts(known)).isEmpty();
        assertThat(Drift.ofKernels(known)).singleElement().satisfies(deviation -> {
            assertThat(deviation.baselineHosts()).isEqualTo(1);
            assertThat(deviation.difference().missing()).containsExactly(PIR);
        });
    }

    @Test
    void whatGuestsHadInTheirRegistersIsNoDriftOfTheirHosts() {
        Capture oneGuest = capture(usual(), "6.12.1", "neoverse-v1", "virt-10.1");
        Capture otherGuest =
                capture(RegisterList.builder().add(TCR2, 77).add(COUNT, 1), "6.12.1", "neoverse-v1", "virt-10.1");
        Capture otherList = capture(usual().add(PIR, 0), "6.12.1", "neoverse-v1", "virt-10.1");

        assertThat(Drift.ofKernels(known(oneGuest, 0, otherGuest, 0))).isEmpty();
        assertThat(Drift.ofKernels(known(oneGuest, 0, otherGuest, 0, otherList, 0)))
                .extracting(Deviation::capture)
                .containsExactly(otherList.id());
    }

    @Test
    void realCapturesOfOneKernelAndCpuAgree() {
        List<KnownCapture> known = SeedCaptures.all().stream()
                .map(capture -> new KnownCapture(capture.id(), capture, FIRST, 1))
                .toList();

        assertThat(Drift.ofKernels(known)).isEmpty();
    }
}
