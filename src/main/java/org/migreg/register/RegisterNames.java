package org.migreg.register;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names of register IDs, from {@code arm64-system-registers.csv}: 673 ids with names and encodings,
 * made from Linux 7.3's {@code arch/arm64/tools/sysreg} and {@code uapi/asm/kvm.h}.
 *
 * <p>One trap, kept as KVM has it: KVM swaps the ids of the virtual timer's compare value and count,
 * so the id with the encoding of CNTVCT_EL0 carries CNTV_CVAL_EL0 and the other way round.
 */
public final class RegisterNames {

    /** A named register: its id, the name, aliases, and a note where the name alone would mislead. */
    public record Named(RegisterId id, String name, List<String> aliases, String note) {
        public Named {
            aliases = List.copyOf(aliases);
        }
    }

    private static final String ALIAS = "alias ";

    private static final Map<Long, Named> BY_ID = new HashMap<>();
    private static final Map<String, RegisterId> BY_NAME = new HashMap<>();
    private static final List<Named> ALL;

    static {
        List<Named> all = new ArrayList<>(read());
        all.add(new Named(
                new RegisterId(0x4020_0000_200e_0298L),
                "DBGDTRTX",
                List.of(),
                "bogus: QEMU up to 11.0 under TCG lists it for CPUs with ARMv7 and up (fixed by 655659a74a36)"));
        for (int n = 0; n < 14; n++) {
            all.add(new Named(
                    new RegisterId(
                            RegisterLayout.id(RegisterLayout.ARM64, RegisterLayout.U32, RegisterLayout.DEMUX, n)),
                    "CCSIDR_" + n,
                    List.of("KVM_REG_ARM_DEMUX_ID_CCSIDR_" + n),
                    "cache size id of CSSELR value " + n + " (level " + (n / 2 + 1)
                            + (n % 2 == 0 ? ", data or unified)" : ", instruction)")));
        }
        for (Named named : all) {
            BY_ID.put(named.id().bits(), named);
            BY_NAME.put(key(named.name()), named.id());
        }
        for (Named named : all) {
            for (String alias : named.aliases()) {
                BY_NAME.putIfAbsent(key(alias), named.id());
            }
        }
        // Names in the kernel's headers of registers that have another name in the table.
        BY_NAME.put("KVM_REG_ARM_TIMER_CTL", RegisterId.ofSystemRegister(3, 3, 14, 3, 1));
        BY_NAME.put("KVM_REG_ARM_PTIMER_CTL", RegisterId.ofSystemRegister(3, 3, 14, 2, 1));
        BY_NAME.put("KVM_REG_ARM_PTIMER_CVAL", RegisterId.ofSystemRegister(3, 3, 14, 2, 2));
        BY_NAME.put("KVM_REG_ARM_PTIMER_CNT", RegisterId.ofSystemRegister(3, 3, 14, 0, 1));
        BY_NAME.put("KVM_REG_ARM64_SVE_VLS", new RegisterId(0x6060_0000_0015_ffffL));
        all.sort((a, b) -> a.id().compareTo(b.id()));
        ALL = List.copyOf(all);
    }

    private RegisterNames() {}

    /** All named registers in ascending order of id. */
    public static List<Named> all() {
        return ALL;
    }

    /** The entry of the table for this id, or null where the table has none. */
    public static @Nullable Named lookUp(RegisterId id) {
        return BY_ID.get(id.bits());
    }

    /** The id of a name or alias, whatever its case and with the kernel's prefix {@code SYS_} or without it, or null. */
    public static @Nullable RegisterId find(String name) {
        String key = key(name);
        return BY_NAME.get(key.startsWith("SYS_") ? key.substring(4) : key);
    }

    /** The names that are this one with an exception level behind it, such as TCR_EL1 and TCR_EL2 for {@code TCR}. */
    static List<String> withLevel(String name) {
        String stem = key(name) + "_EL";
        return ALL.stream()
                .map(Named::name)
                .filter(known -> key(known).startsWith(stem) && known.length() <= stem.length() + 2)
                .toList();
    }

    /**
     * The id of a name or alias that the table has.
     *
     * @throws IllegalStateException when it has none
     */
    public static RegisterId require(String name) {
        RegisterId id = find(name);
        if (id == null) {
            throw new IllegalStateException("the table of registers lacks " + name);
        }
        return id;
    }

    /**
     * Registers whose name, alias, note or id has this part, whatever its case, in ascending order; a whole register
     * ID in any form goes first, known here or not. All of the table for an empty part.
     */
    public static List<RegisterId> search(String part) {
        String wanted = part.strip().toLowerCase(Locale.ROOT);
        List<RegisterId> found = new ArrayList<>();
        RegisterId exact = null;
        if (!wanted.isEmpty()) {
            try {
                exact = RegisterId.parseLenient(wanted);
                found.add(exact);
            } catch (IllegalArgumentException onlyAPart) {
                exact = null;
            }
        }
        wanted = wanted.startsWith("sys_") ? wanted.substring(4) : wanted;
        for (Named named : ALL) {
            if (!named.id().equals(exact)
                    && (wanted.isEmpty()
                            || contains(named.name(), wanted)
                            || contains(named.id().toString(), wanted)
                            || contains(named.note(), wanted)
                            || contains(named.aliases().toString(), wanted))) {
                found.add(named.id());
            }
        }
        return found;
    }

    private static boolean contains(String text, String wanted) {
        return text.toLowerCase(Locale.ROOT).contains(wanted);
    }

    /** The name of the table, else one that the encoding gives, else the id itself. */
    public static String nameOf(RegisterId id) {
        Named named = BY_ID.get(id.bits());
        if (named != null) {
            return named.name();
        }
        return switch (id.encoding()) {
            case RegisterEncoding.SystemRegister r -> r.genericName();
            case RegisterEncoding.Demux r -> "CCSIDR_" + r.cacheSelector();
            case RegisterEncoding.Firmware r -> "KVM_REG_ARM_FW_REG_" + r.index();
            case RegisterEncoding.FirmwareFeatureBitmap r -> "KVM_REG_ARM_FW_FEAT_BMAP_" + r.index();
            case RegisterEncoding.Core r -> "CORE_0x" + Integer.toHexString(r.offset());
            case RegisterEncoding.Sve r -> "SVE_0x" + Integer.toHexString(r.index());
            case RegisterEncoding.Aarch32Coprocessor r ->
                "CP" + r.cp() + "_" + r.opc1() + "_C" + r.crn() + "_C" + r.crm() + "_" + r.opc2()
                        + (r.sizeInBytes() == 8 ? "_64" : "") + (r.nonSecure() ? "" : "_S");
            case RegisterEncoding.Unrecognised r -> id.toString();
        };
    }

    private static String key(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    private static List<Named> read() {
        List<Named> read = new ArrayList<>();
        for (String[] row :
                FactTable.read("arm64-system-registers.csv", "kvm_register_id,name,kind,op0,op1,crn,crm,op2,note", 9)) {
            String note = unquoted(row[8]);
            List<String> aliases = new ArrayList<>();
            if (note.startsWith(ALIAS)) {
                int end = note.indexOf(':');
                aliases.add(note.substring(ALIAS.length(), end));
            }
            read.add(new Named(RegisterId.parse(row[0]), row[1], aliases, note));
        }
        return read;
    }

    private static String unquoted(String column) {
        if (column.length() >= 2 && column.startsWith("\"") && column.endsWith("\"")) {
            return column.substring(1, column.length() - 1).replace("\"\"", "\"");
        }
        return column;
    }
}
