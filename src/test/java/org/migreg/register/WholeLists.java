package org.migreg.register;

import java.util.List;

/** Hand-made lists that can be a KVM host's. */
public final class WholeLists {

    private WholeLists() {}

    /** What every KVM host from 6.12 on lists, ascending. */
    public static List<RegisterId> always() {
        return FactTable.read("arm64-kvm-always-listed.csv", "id,since", 2).stream()
                .filter(row -> List.of("any", "6.1", "6.12").contains(row[1]))
                .map(row -> RegisterId.parse(row[0]))
                .sorted()
                .toList();
    }

    /** These registers, and of value 1 what every KVM host lists beside them. */
    public static RegisterList with(RegisterList registers) {
        RegisterList.Builder builder = RegisterList.builder();
        for (RegisterId id : always()) {
            if (!registers.contains(id)) {
                builder.add(id, 1);
            }
        }
        for (RegisterId id : registers.ids()) {
            builder.add(id, registers.valueOf(id).orElse(0));
        }
        return builder.build();
    }
}
