package org.migreg.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelRange;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hostkernel.RangeMatch;
import org.migreg.register.RegisterId;

/**
 * What a machine type sets on a host: the entries of the machine type and of all it inherits from
 * that match the host kernel, merged into one array per property. Merged by hand, since QEMU aborts
 * when an array property is set at two levels (QEMU {@code hw/core/qdev-properties.c}: "array size
 * property ... may not be set more than once").
 */
public final class EffectivePolicy {

    /** Why an element stands in an array: the entry, and whether its range surely has the host kernel. */
    public record Origin(PolicyEntry entry, RangeMatch match) {
        public boolean isDecided() {
            return match instanceof RangeMatch.Matches;
        }
    }

    /**
     * One register of one property's array.
     *
     * @param origins the entries that ask for it, own ones before inherited ones; at least one
     */
    public record Element(CompatProperty property, RegisterId register, List<Origin> origins) {
        public Element {
            origins = List.copyOf(origins);
        }

        /** Whether some entry surely applies; otherwise it rests on a kernel range that cannot be decided. */
        public boolean isDecided() {
            for (Origin origin : origins) {
                if (origin.isDecided()) {
                    return true;
                }
            }
            return false;
        }

        /** The first entry that surely applies, else the first that might. */
        public PolicyEntry explainingEntry() {
            for (Origin origin : origins) {
                if (origin.isDecided()) {
                    return origin.entry();
                }
            }
            return origins.getFirst().entry();
        }
    }

    private static final EffectivePolicy NOTHING = new EffectivePolicy(Map.of());

    private final Map<CompatProperty, List<Element>> elements = new EnumMap<>(CompatProperty.class);
    private final Map<CompatProperty, Map<RegisterId, Element>> byRegister = new EnumMap<>(CompatProperty.class);
    private final Map<CompatProperty, long[]> decided = new EnumMap<>(CompatProperty.class);
    private final Map<CompatProperty, List<Element>> undecided = new EnumMap<>(CompatProperty.class);

    private EffectivePolicy(Map<CompatProperty, List<Element>> found) {
        for (CompatProperty property : CompatProperty.values()) {
            List<Element> list = List.copyOf(found.getOrDefault(property, List.of()));
            elements.put(property, list);
            byRegister.put(
                    property,
                    list.stream().collect(Collectors.toUnmodifiableMap(Element::register, element -> element)));
            Map<Boolean, List<Element>> parts = list.stream().collect(Collectors.partitioningBy(Element::isDecided));
            decided.put(
                    property,
                    parts.getOrDefault(true, List.of()).stream()
                            .mapToLong(element -> element.register().bits())
                            .toArray());
            undecided.put(property, List.copyOf(parts.getOrDefault(false, List.of())));
        }
    }

    /** A policy that sets nothing. */
    public static EffectivePolicy nothing() {
        return NOTHING;
    }

    /**
     * The merge for this machine type on a host with this kernel.
     *
     * @param hostKernel null when the host's kernel is not known: then only entries for every kernel
     *     are decided
     */
    public static EffectivePolicy of(PolicyTable table, String machineType, @Nullable KernelRelease hostKernel) {
        Map<CompatProperty, TreeMap<RegisterId, List<Origin>>> merged = new EnumMap<>(CompatProperty.class);
        // Large tables have few different ranges, and a comparison of versions is dear.
        Map<KernelRange, Optional<RangeMatch>> matches = new HashMap<>();
        for (PolicyEntry entry : table.chainEntries(machineType)) {
            RangeMatch match = matches.computeIfAbsent(
                            entry.kernels(),
                            range -> range.surelyExcludes(hostKernel)
                                    ? Optional.empty()
                                    : Optional.of(range.match(hostKernel)))
                    .orElse(null);
            if (match == null) {
                continue;
            }
            merged.computeIfAbsent(entry.property(), property -> new TreeMap<>())
                    .computeIfAbsent(entry.register(), register -> new ArrayList<>())
                    .add(new Origin(entry, match));
        }
        Map<CompatProperty, List<Element>> found = new EnumMap<>(CompatProperty.class);
        merged.forEach((property, byRegister) -> {
            List<Element> list = new ArrayList<>();
            byRegister.forEach((register, origins) -> list.add(new Element(property, register, origins)));
            found.put(property, list);
        });
        return new EffectivePolicy(found);
    }

    /** The elements of the property's array in ascending order of register, undecided ones among them. */
    public List<Element> elements(CompatProperty property) {
        return elements.getOrDefault(property, List.of());
    }

    /** Those of them that rest on a kernel range that cannot be decided. */
    public List<Element> undecidedElements(CompatProperty property) {
        return undecided.getOrDefault(property, List.of());
    }

    /** The element for this register, or null. */
    public @Nullable Element element(CompatProperty property, RegisterId register) {
        Map<RegisterId, Element> ofProperty = byRegister.get(property);
        return ofProperty == null ? null : ofProperty.get(register);
    }

    /** The ids of the decided elements, ascending (unsigned). */
    public long[] decidedIds(CompatProperty property) {
        long[] ids = decided.get(property);
        return ids == null ? new long[0] : Arrays.copyOf(ids, ids.length);
    }

    /** The value of the property ready to paste, empty where nothing is to be set; undecided elements left out. */
    public String propertyValue(CompatProperty property) {
        StringJoiner value = new StringJoiner(",");
        for (Element element : elements(property)) {
            if (element.isDecided()) {
                value.add(element.register().toString());
            }
        }
        return value.toString();
    }
}
