package org.migreg.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.migreg.hostkernel.KernelRange;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EffectivePolicy;
import org.migreg.policy.EntryContent;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.qemu.Accelerator;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import tools.jackson.databind.JsonNode;

/** The evaluator against 4,560 real loads by QEMU 7.2, 10.0, 11.1 and builds with the x-mig series (TCG). */
class QemuOutcomesTests {

    private static Map<String, RegisterList> lists;
    private static List<JsonNode> rows;

    @BeforeAll
    static void read() {
        lists = RecordedOutcomes.lists("qemu-register-lists");
        rows = RecordedOutcomes.rows("qemu-outcomes");
        assertThat(rows).hasSizeGreaterThanOrEqualTo(4560);
    }

    @Test
    void theListDecisionAndTheStageAreThoseOfEveryRealLoad() {
        List<String> wrong = new ArrayList<>();
        for (JsonNode row : rows) {
            Evaluation evaluation = evaluate(row);
            FailedStage predicted = evaluation.qemuOutcome().failedAt();
            boolean listPasses = predicted == null || predicted == FailedStage.VALUE;
            if (listPasses != row.get("listCheckPasses").asBoolean()) {
                wrong.add(row.get("id") + ": predicted " + predicted + ", real " + row.get("failedAt"));
            } else if (!listPasses
                    && !predicted.name().equals(row.get("failedAt").asString())) {
                wrong.add(row.get("id") + ": predicted " + predicted + ", real " + row.get("failedAt"));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void noVerdictSaysThatAGuestMayMigrateWhichTheListComparisonRefused() {
        List<String> wrong = new ArrayList<>();
        for (JsonNode row : rows) {
            if (!row.get("listCheckPasses").asBoolean() && evaluate(row).verdict() != Verdict.INCOMPATIBLE) {
                wrong.add(row.get("id").asString());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyRealStreamIsPredictedToLoadOrToFailAtAValue() {
        List<String> wrong = new ArrayList<>();
        int streams = 0;
        for (JsonNode row : rows) {
            // Only these streams carried the source's own values: the others had the ids of one list
            // put into the destination's own stream.
            if (!row.get("kind").asString().equals("genuine")
                    || !row.get("listCheckPasses").asBoolean()) {
                continue;
            }
            streams++;
            Evaluation evaluation = evaluate(row);
            Boolean loads = evaluation.qemuOutcome().loads();
            if (loads == null || loads != row.get("loads").asBoolean()) {
                wrong.add(row.get("id").asString() + ": predicted " + loads + ", real " + row.get("loads") + " "
                        + evaluation.summary());
            }
        }
        assertThat(streams).isGreaterThanOrEqualTo(414);
        assertThat(wrong).isEmpty();
    }

    @Test
    void theMessagesOfARefusedListAreThoseThatQemuPrinted() {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (JsonNode row : rows) {
            JsonNode printed = row.get("messages");
            // The recordings stop at twelve lines.
            if (row.get("listCheckPasses").asBoolean() || printed.size() >= 12) {
                continue;
            }
            compared++;
            List<String> real = new ArrayList<>();
            printed.forEach(line -> real.add(line.asString()));
            List<String> predicted = evaluate(row).qemuOutcome().messages();
            if (!predicted.equals(real)) {
                wrong.add(row.get("id").asString() + " " + row.get("behaviour") + "\n  predicted " + predicted
                        + "\n  printed   " + real);
            }
        }
        assertThat(compared).isGreaterThan(2000);
        assertThat(wrong).isEmpty();
    }

    static Evaluation evaluate(JsonNode row) {
        List<PolicyEntry> source = new ArrayList<>();
        entries(source, row.get("sourceHidden"), CompatProperty.HIDDEN_REGS);
        entries(source, row.get("sourceSafeMissing"), CompatProperty.SAFE_MISSING_REGS);
        List<PolicyEntry> destination = new ArrayList<>();
        entries(destination, row.get("destinationHidden"), CompatProperty.HIDDEN_REGS);
        entries(destination, row.get("destinationSafeMissing"), CompatProperty.SAFE_MISSING_REGS);
        RegisterList sourceList = lists.get(row.get("source").asString());
        if (!row.get("kind").asString().equals("genuine")) {
            sourceList = sourceList.withoutValues();
        }
        return Evaluator.evaluate(
                new SourceSide(sourceList, policy(source), true),
                new DestinationSide(
                        lists.get(row.get("destination").asString()),
                        policy(destination),
                        LoadBehaviour.parse(row.get("behaviour").asString()),
                        Accelerator.TCG,
                        null,
                        null,
                        OptionalLong.empty()));
    }

    private static void entries(List<PolicyEntry> into, JsonNode ids, CompatProperty property) {
        Set<RegisterId> distinct = new TreeSet<>();
        ids.forEach(id -> distinct.add(RegisterId.parse(id.asString())));
        for (RegisterId register : distinct) {
            into.add(new PolicyEntry(
                    into.size() + 1,
                    new EntryContent("virt", property, register, KernelRange.any(), null, "set in the recorded load")));
        }
    }

    private static EffectivePolicy policy(List<PolicyEntry> entries) {
        PolicyTable table = PolicyTable.of(List.of(new MachineType("virt", "aarch64", null, "")), entries);
        return EffectivePolicy.of(table, "virt", null);
    }
}
