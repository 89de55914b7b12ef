package org.migreg.question.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyEntry;
import org.migreg.property.Generator;
import org.migreg.property.Property;
import org.migreg.question.RealCaptures;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.Directions;
import org.migreg.question.fleet.HostPair;
import org.migreg.question.fleet.PairEvaluator;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.register.RegisterId;

/** Advice against brute force: no smaller set of entries, over every range there is, lets all wanted moves pass. */
class SmallestAdvicePropertyTests {

    private static final ScenarioSettings VIRT = ScenarioSettings.withXMigProperties("virt-10.1");
    private static final RegisterId COMMON = RegisterId.parseLenient("SCTLR_EL1");
    private static final List<RegisterId> OTHERS =
            List.of(RegisterId.parseLenient("TCR2_EL1"), RegisterId.parseLenient("PIR_EL1"));

    /** Kernels of three streams, and for each stream every range that tells its kernels apart. */
    private static final List<String> KERNELS = List.of(
            "6.6.30",
            "6.12.43",
            "6.12.107",
            "5.14.0-362.8.1.el9_3.aarch64",
            "5.14.0-503.14.1.el9_5.aarch64",
            "6.12.0-55.el10.aarch64");

    private static final List<String> RANGES = List.of(
            "any/*",
            "upstream/*",
            "upstream/<6.12",
            "upstream/<6.12.107",
            "upstream/>=6.12",
            "upstream/>=6.12.107",
            "upstream/>=6.12|<6.12.107",
            "el9/*",
            "el9/<5.14.0-503.14.1.el9_5",
            "el9/>=5.14.0-503.14.1.el9_5",
            "el10/*");

    /** One case: which of the two registers each kernel's host exposes (bits 0 and 1), and what is in force already. */
    record Fleet(List<Integer> exposed, Directions directions, List<PolicyEntry> inForce) {

        List<CapturedHost> hosts() {
            List<CapturedHost> hosts = new ArrayList<>();
            for (int i = 0; i < KERNELS.size(); i++) {
                List<RegisterId> registers = new ArrayList<>(List.of(COMMON));
                for (int r = 0; r < OTHERS.size(); r++) {
                    if ((exposed.get(i) >> r & 1) != 0) {
                        registers.add(OTHERS.get(r));
                    }
                }
                hosts.add(RealCaptures.made("host " + i, KERNELS.get(i), registers));
            }
            return hosts;
        }
    }

    private static Generator<Fleet> fleets() {
        Generator<PolicyEntry> inForce = given -> entry(
                1,
                given.any(Generator.of(CompatProperty.class)),
                given.any(Generator.of(OTHERS)),
                given.any(Generator.of(RANGES)));
        return given -> new Fleet(
                given.any(Generator.integers(0, 3).list(KERNELS.size(), KERNELS.size())),
                given.any(Generator.of(Directions.class)),
                given.any(inForce.list(0, 1)));
    }

    @Test
    void theAdviceLetsEveryWantedMovePassAndNoSmallerSetOfEntriesDoes() {
        Property.holds(60, given -> {
            Fleet fleet = given.any(fleets());
            List<HostPair> wanted = fleet.directions().among(fleet.hosts());
            Advice advice = Advisor.advise(new AdviceRequest(
                    RealCaptures.table(fleet.inForce().toArray(PolicyEntry[]::new)), "virt-10.1", true, wanted));
            assertThat(allPass(wanted, advice.table().allEntries())).isTrue();
            // Entries for one register have no effect on another, so the smallest set is sought register by register.
            for (RegisterId register : OTHERS) {
                long size = advice.entries().stream()
                        .filter(entry -> entry.entry().register().equals(register))
                        .count();
                List<PolicyEntry> kept = new ArrayList<>(advice.table().allEntries());
                kept.removeIf(entry -> entry.register().equals(register));
                fleet.inForce().stream()
                        .filter(entry -> entry.register().equals(register))
                        .forEach(kept::add);
                assertThat(someSetPasses(wanted, kept, register, 0, (int) size - 1))
                        .as("%s needs %d entries", register.name(), size)
                        .isFalse();
            }
        });
    }

    private static boolean someSetPasses(
            List<HostPair> wanted, List<PolicyEntry> given, RegisterId register, int from, int more) {
        if (more < 0) {
            return false;
        }
        if (allPass(wanted, given)) {
            return true;
        }
        List<CompatProperty> properties = List.of(CompatProperty.values());
        for (int next = from; more > 0 && next < 2 * RANGES.size(); next++) {
            List<PolicyEntry> with = new ArrayList<>(given);
            PolicyEntry entry = entry(1000 + next, properties.get(next % 2), register, RANGES.get(next / 2));
            if (given.stream()
                    .noneMatch(other ->
                            other.content().identity().equals(entry.content().identity()))) {
                with.add(entry);
            }
            if (someSetPasses(wanted, with, register, next + 1, more - 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean allPass(List<HostPair> wanted, List<PolicyEntry> entries) {
        PairEvaluator evaluator = new PairEvaluator(RealCaptures.table(entries.toArray(PolicyEntry[]::new)));
        return wanted.stream().allMatch(pair -> AdvisorTests.listsPass(evaluator.evaluate(pair, VIRT)));
    }

    private static PolicyEntry entry(long id, CompatProperty property, RegisterId register, String range) {
        return new PolicyEntry(
                id, new EntryContent("virt-10.1", property, register, KernelRange.parse(range), null, "for the test"));
    }
}
