package org.migreg.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hostkernel.KernelStream;
import org.migreg.qemu.MachineType;
import org.migreg.register.RegisterId;

/**
 * What one machine type sets when one binary or one file must serve several host kernels: per property
 * the registers that it sets on any of them. QEMU's own forms know no kernels, so wherever this is not
 * what the table says for each kernel by itself, a warning says so.
 */
public final class PolicyUnion {

    /** Whose entries are in it. */
    public enum Scope {
        /** The machine type's own and all that it inherits. */
        MERGED,
        /** Only the machine type's own. */
        OWN
    }

    /**
     * One register of one property's array.
     *
     * @param entries the entries that ask for it on one of the kernels, own ones before inherited ones
     * @param setOn the kernels on which the table surely sets it, in listing order
     * @param notSetOn the kernels on which it does not
     * @param undecidedOn the kernels of which that is not known
     */
    public record Element(
            CompatProperty property,
            RegisterId register,
            List<PolicyEntry> entries,
            List<KernelRelease> setOn,
            List<KernelRelease> notSetOn,
            List<KernelRelease> undecidedOn) {

        public Element {
            entries = List.copyOf(entries);
            setOn = List.copyOf(setOn);
            notSetOn = List.copyOf(notSetOn);
            undecidedOn = List.copyOf(undecidedOn);
        }

        /** The conditions of which one must be met, in the entries' order; empty if it holds unconditionally. */
        public List<ValueCondition> conditions() {
            Set<ValueCondition> conditions = new LinkedHashSet<>();
            for (PolicyEntry entry : entries) {
                ValueCondition condition = entry.condition();
                if (condition == null) {
                    return List.of();
                }
                conditions.add(condition);
            }
            return List.copyOf(conditions);
        }
    }

    /**
     * Where the union is not what the table says.
     *
     * @param kernels the kernels on which they differ; empty where every kernel is concerned
     */
    public record Warning(CompatProperty property, RegisterId register, List<KernelRelease> kernels, String message) {
        public Warning {
            kernels = List.copyOf(kernels);
        }
    }

    private static final int MOST_NAMED = 8;

    private final MachineType machineType;
    private final Scope scope;
    private final @Nullable List<KernelRelease> kernels;
    private final Map<CompatProperty, List<Element>> elements;
    private final List<Warning> warnings;
    private final List<String> chain;

    private PolicyUnion(
            MachineType machineType,
            Scope scope,
            @Nullable List<KernelRelease> kernels,
            Map<CompatProperty, List<Element>> elements,
            List<Warning> warnings,
            List<String> chain) {
        this.machineType = machineType;
        this.scope = scope;
        this.kernels = kernels;
        this.elements = elements;
        this.warnings = List.copyOf(warnings);
        this.chain = chain;
    }

    /**
     * The union over the kernels that the machine type must serve.
     *
     * @param hostKernels one at least
     * @throws IllegalArgumentException if there is none, or the table has no such machine type
     */
    public static PolicyUnion over(
            PolicyTable table, String machineType, Scope scope, Collection<KernelRelease> hostKernels) {
        if (hostKernels.isEmpty()) {
            throw new IllegalArgumentException(
                    "name one host kernel at least, or ask for the entries of all kernels instead");
        }
        List<KernelRelease> kernels = hostKernels.stream()
                .distinct()
                .sorted(KernelRelease.LISTING_ORDER)
                .toList();
        PolicyTable scoped = scoped(table, machineType, scope);
        Map<KernelRelease, EffectivePolicy> policies = new LinkedHashMap<>();
        for (KernelRelease kernel : kernels) {
            policies.put(kernel, EffectivePolicy.of(scoped, machineType, kernel));
        }
        Map<CompatProperty, List<Element>> elements = new EnumMap<>(CompatProperty.class);
        List<Warning> warnings = new ArrayList<>();
        for (CompatProperty property : CompatProperty.values()) {
            Set<RegisterId> registers = new TreeSet<>();
            policies.values()
                    .forEach(policy -> policy.elements(property).forEach(element -> registers.add(element.register())));
            List<Element> found = new ArrayList<>();
            for (RegisterId register : registers) {
                Element element = element(property, register, policies);
                if (!element.setOn().isEmpty()) {
                    found.add(element);
                }
                warn(element, policies, warnings);
            }
            elements.put(property, List.copyOf(found));
        }
        return new PolicyUnion(
                find(table, machineType), scope, kernels, elements, warnings, scoped.inheritanceChain(machineType));
    }

    /**
     * All entries, whatever kernels they are for: what a form without kernels holds if nobody says which
     * kernels it is for.
     *
     * @throws IllegalArgumentException if the table has no such machine type
     */
    public static PolicyUnion ofAllEntries(PolicyTable table, String machineType, Scope scope) {
        PolicyTable scoped = scoped(table, machineType, scope);
        Map<CompatProperty, TreeMap<RegisterId, List<PolicyEntry>>> merged = new EnumMap<>(CompatProperty.class);
        for (PolicyEntry entry : scoped.chainEntries(machineType)) {
            merged.computeIfAbsent(entry.property(), property -> new TreeMap<>())
                    .computeIfAbsent(entry.register(), register -> new ArrayList<>())
                    .add(entry);
        }
        Map<CompatProperty, List<Element>> elements = new EnumMap<>(CompatProperty.class);
        List<Warning> warnings = new ArrayList<>();
        merged.forEach((property, byRegister) -> {
            List<Element> found = new ArrayList<>();
            byRegister.forEach((register, entries) -> {
                found.add(new Element(property, register, entries, List.of(), List.of(), List.of()));
                boolean everywhere = entries.stream()
                        .anyMatch(entry -> entry.kernels().kernelStream().equals(KernelStream.ANY));
                if (!everywhere) {
                    String ranges = entries.stream()
                            .map(entry -> entry.kernels().toString())
                            .distinct()
                            .collect(Collectors.joining(", "));
                    warnings.add(new Warning(
                            property,
                            register,
                            List.of(),
                            property + " has " + named(register) + " on every host, but the table says so of " + ranges
                                    + " alone" + consequence(property)));
                }
            });
            elements.put(property, List.copyOf(found));
        });
        return new PolicyUnion(
                find(table, machineType), scope, null, elements, warnings, scoped.inheritanceChain(machineType));
    }

    public MachineType machineType() {
        return machineType;
    }

    public Scope scope() {
        return scope;
    }

    /** The kernels that it serves, in listing order; null if it holds all entries, whatever their kernels. */
    public @Nullable List<KernelRelease> kernels() {
        return kernels;
    }

    /** The machine type and those whose entries are in it, itself first. */
    public List<String> chain() {
        return chain;
    }

    /** The property's array in ascending order of register; empty where nothing is to be set. */
    public List<Element> elements(CompatProperty property) {
        return elements.getOrDefault(property, List.of());
    }

    /** The registers of the property's array, ascending. */
    public List<RegisterId> registers(CompatProperty property) {
        return elements(property).stream().map(Element::register).toList();
    }

    /** Whether no property is to be set. */
    public boolean isEmpty() {
        return elements.values().stream().allMatch(List::isEmpty);
    }

    /** Wherever the union is not what the table says, by property and register. */
    public List<Warning> warnings() {
        return warnings;
    }

    /** Whether the form's lack of kernels loses something: some entry of the array is not for every host. */
    public List<PolicyEntry> entriesForSomeKernels() {
        return elements.values().stream()
                .flatMap(List::stream)
                .flatMap(element -> element.entries().stream())
                .filter(entry -> !entry.kernels().equals(KernelRange.any()))
                .distinct()
                .toList();
    }

    private static PolicyTable scoped(PolicyTable table, String machineType, Scope scope) {
        MachineType found = find(table, machineType);
        return switch (scope) {
            case MERGED -> table;
            case OWN ->
                PolicyTable.of(
                        List.of(new MachineType(found.name(), found.architecture(), null, found.description())),
                        table.ownEntries(machineType));
        };
    }

    private static MachineType find(PolicyTable table, String machineType) {
        MachineType found = table.machineType(machineType);
        if (found == null) {
            throw new IllegalArgumentException("there is no machine type " + machineType);
        }
        return found;
    }

    private static Element element(
            CompatProperty property, RegisterId register, Map<KernelRelease, EffectivePolicy> policies) {
        Set<PolicyEntry> entries = new LinkedHashSet<>();
        List<KernelRelease> setOn = new ArrayList<>();
        List<KernelRelease> notSetOn = new ArrayList<>();
        List<KernelRelease> undecidedOn = new ArrayList<>();
        policies.forEach((kernel, policy) -> {
            EffectivePolicy.Element element = policy.element(property, register);
            if (element == null) {
                notSetOn.add(kernel);
            } else if (element.isDecided()) {
                setOn.add(kernel);
                for (EffectivePolicy.Origin origin : element.origins()) {
                    if (origin.isDecided()) {
                        entries.add(origin.entry());
                    }
                }
            } else {
                undecidedOn.add(kernel);
            }
        });
        return new Element(property, register, List.copyOf(entries), setOn, notSetOn, undecidedOn);
    }

    private static void warn(Element element, Map<KernelRelease, EffectivePolicy> policies, List<Warning> warnings) {
        CompatProperty property = element.property();
        RegisterId register = element.register();
        boolean isSet = !element.setOn().isEmpty();
        if (isSet && !element.notSetOn().isEmpty()) {
            warnings.add(new Warning(
                    property,
                    register,
                    element.notSetOn(),
                    property + " has " + named(register) + " because of " + listed(element.setOn())
                            + ", but the table does not set it on " + listed(element.notSetOn())
                            + consequence(property)));
        }
        if (!element.undecidedOn().isEmpty()) {
            warnings.add(new Warning(
                    property,
                    register,
                    element.undecidedOn(),
                    property + (isSet ? " has " : " lacks ") + named(register) + ", but whether the table sets it on "
                            + listed(element.undecidedOn()) + " is not known: give the kernels' package versions"));
        }
        if (isSet && element.conditions().isEmpty()) {
            List<KernelRelease> conditional = element.setOn().stream()
                    .filter(kernel -> isConditional(
                            Objects.requireNonNull(policies.get(kernel)).element(property, register)))
                    .toList();
            if (!conditional.isEmpty()) {
                warnings.add(new Warning(
                        property,
                        register,
                        conditional,
                        property + " has " + named(register) + " unconditionally, but on " + listed(conditional)
                                + " the table has it only under a condition"));
            }
        }
    }

    private static boolean isConditional(EffectivePolicy.@Nullable Element element) {
        return element != null
                && element.origins().stream()
                        .filter(EffectivePolicy.Origin::isDecided)
                        .allMatch(origin -> origin.entry().condition() != null);
    }

    private static String consequence(CompatProperty property) {
        return switch (property) {
            case HIDDEN_REGS ->
                ": there the register is neither sent nor compared, and a guest that uses it loses its state";
            case SAFE_MISSING_REGS -> ": there the register's loss goes unnoticed";
        };
    }

    private static String named(RegisterId register) {
        return register.name() + " (" + register + ")";
    }

    private static String listed(List<KernelRelease> kernels) {
        String named =
                kernels.stream().limit(MOST_NAMED).map(KernelRelease::toString).collect(Collectors.joining(", "));
        return kernels.size() <= MOST_NAMED ? named : named + " and " + (kernels.size() - MOST_NAMED) + " more";
    }
}
