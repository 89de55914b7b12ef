package org.migreg.dashboard.matrix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.evaluation.Finding;
import org.migreg.evaluation.FindingKind;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyTable;
import org.migreg.register.BitField;
import org.migreg.register.Hex;
import org.migreg.register.RegisterFields;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterValue;

/**
 * A reason with what people need to understand it.
 *
 * @param onSource whether the source's kernel lists the register
 * @param onDestination whether the destination's does
 * @param entries those of any machine type that name the register
 */
public record Reason(
        Finding finding,
        @Nullable Boolean onSource,
        @Nullable Boolean onDestination,
        List<NamingEntry> entries) {

    private static final int MOST_ENTRIES = 20;

    /** A bit field of a register with what either side has in it; null where that is not known. */
    public record DecodedField(
            String name,
            String bits,
            @Nullable String source,
            @Nullable String destination) {

        public boolean differs() {
            return source != null && destination != null && !source.equals(destination);
        }

        /** Whether the two values differ in it, or, of only one value, it is not 0. */
        boolean tells() {
            return source != null && destination != null
                    ? differs()
                    : !"0x0".equals(source == null ? destination : source);
        }
    }

    /** An entry that names a register, and whether guests of the machine type have it. */
    public record NamingEntry(PolicyEntry entry, boolean inherited) {}

    static Reason of(Finding finding, Capture source, Capture destination, PolicyTable table, String machineType) {
        RegisterId register = finding.register();
        if (register == null) {
            return new Reason(finding, null, null, List.of());
        }
        List<String> chain = table.inheritanceChain(machineType);
        List<NamingEntry> entries = table.allEntries().stream()
                .filter(entry -> entry.register().equals(register))
                .map(entry -> new NamingEntry(entry, chain.contains(entry.machineType())))
                .sorted(Comparator.comparing(naming -> !naming.inherited()))
                .limit(MOST_ENTRIES)
                .toList();
        return new Reason(
                finding,
                source.registers().contains(register),
                destination.registers().contains(register),
                entries);
    }

    public String kind() {
        return words(finding.kind());
    }

    public @Nullable String sourceValue() {
        return RegisterValue.text(finding.sourceValue());
    }

    public @Nullable String destinationValue() {
        return RegisterValue.text(finding.destinationValue());
    }

    /** The named fields of both values, and the bits without a name where those differ. */
    public List<DecodedField> fields() {
        RegisterId register = finding.register();
        Long source = finding.sourceValue();
        Long destination = finding.destinationValue();
        if (register == null || source == null && destination == null) {
            return List.of();
        }
        List<DecodedField> fields = new ArrayList<>();
        for (BitField field : RegisterFields.fieldsOf(register)) {
            fields.add(new DecodedField(
                    field.name(),
                    field.bits(),
                    source == null ? null : Hex.number(field.of(source)),
                    destination == null ? null : Hex.number(field.of(destination))));
        }
        long unnamed = RegisterFields.unnamedBits(register);
        if (!fields.isEmpty() && source != null && destination != null && ((source ^ destination) & unnamed) != 0) {
            fields.add(new DecodedField(
                    "bits without a name",
                    "",
                    RegisterValue.text(source & unnamed),
                    RegisterValue.text(destination & unnamed)));
        }
        return fields;
    }

    /** Those that people look for first. */
    public List<DecodedField> telling() {
        return fields().stream().filter(DecodedField::tells).toList();
    }

    private static String words(FindingKind kind) {
        return switch (kind) {
            case LIST_MISSING -> "no register list";
            case LIST_UNDECIDED -> "several register lists";
            case LIST_NOT_WHOLE -> "register list not whole";
            case LIST_IS_EXCERPT -> "only a few registers given";
            case STALE_HOST -> "host not up to date";
            case QEMU_UNKNOWN -> "QEMU unknown";
            case CPU_OPTIONS_UNKNOWN -> "CPU options unknown";
            case NESTED_VIRTUALIZATION -> "nested virtualization";
            case PAGE_SIZE_DIFFERS -> "pages of different size";
            case LENGTH_EXCEEDED -> "incoming list too long";
            case EXTRA_FATAL -> "extra, not tolerated";
            case EXTRA_TOLERATED -> "extra, tolerated";
            case EXTRA_DROPPED -> "extra, dropped unnoticed";
            case EXTRA_UNDECIDED -> "extra, tolerance not decided";
            case ABSENT -> "absent from the incoming list";
            case HIDDEN_ON_SOURCE -> "hidden on the source";
            case HIDDEN_ON_DESTINATION -> "hidden on the destination";
            case ENTRY_UNDECIDED -> "an entry's kernel range cannot be decided";
            case CONDITION_NOT_MET -> "value condition not met";
            case CONDITION_UNDECIDED -> "value condition not decided";
            case VALUE_REFUSED -> "value refused";
            case VALUE_CHANGED -> "value changed";
            case VALUE_UNDECIDED -> "value not decided";
            case VALUE_WITHOUT_RULE -> "values differ";
            case VALUES_NOT_GIVEN -> "values not given";
        };
    }
}
