package org.migreg.format.tolerances;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.PolicyEntry;
import org.migreg.policy.PolicyUnion;
import org.migreg.policy.ValueCondition;
import org.migreg.policy.exchange.Rendering;
import org.migreg.register.RegisterEncoding;
import org.migreg.register.RegisterId;

/**
 * Writes the function whose calls come closest to a policy: a safe-missing register becomes
 * <i>not-on-both-ends</i>, under a condition <i>only-source-test-value</i>. A hidden register has no
 * equivalent and becomes a comment.
 *
 * <p>Source: QEMU 11.1, {@code arm_register_cpreg_mig_tolerance(ARMCPU *cpu, uint64_t kvmidx, uint64_t
 * mask, uint64_t value, ...)} with {@code ToleranceNotOnBothEnds} and {@code ToleranceOnlySrcTestValue},
 * called by {@code kvm_arm_set_cpreg_mig_tolerances()} for {@code -cpu host}; commit bb36be6fd799
 * introduced it.
 */
public final class TolerancesWriter {

    private static final int WIDTH = 76;

    private TolerancesWriter() {}

    public static Rendering write(PolicyUnion union) {
        StringBuilder c = new StringBuilder();
        List<String> notCarried = new ArrayList<>();
        String name = union.machineType().name();
        c.append("static void ")
                .append(name.replaceAll("[^A-Za-z0-9]", "_"))
                .append("_set_cpreg_mig_tolerances(ARMCPU *cpu)\n{\n");
        for (PolicyUnion.Element element : union.elements(CompatProperty.HIDDEN_REGS)) {
            comment(
                    c,
                    named(element.register()) + " is hidden in the table. A tolerance cannot hide a register:"
                            + " it is still sent, and compared where both ends have it. "
                            + rationale(element));
            notCarried.add("x-mig-hidden-regs has no equivalent: " + named(element.register())
                    + " is still sent and compared; on destinations without it, a tolerance there would have to let"
                    + " it pass");
        }
        for (PolicyUnion.Element element : union.elements(CompatProperty.SAFE_MISSING_REGS)) {
            safeMissing(c, element, notCarried);
        }
        c.append("}\n");
        if (!union.isEmpty()) {
            notCarried.add("tolerances are compiled in: they hold for every machine type and host kernel of that QEMU,"
                    + " not for " + name + " alone");
        }
        if (!union.elements(CompatProperty.SAFE_MISSING_REGS).isEmpty()) {
            notCarried.add("QEMU 11.1.1 to 11.1.3 let the verdict on the highest extra register alone decide: a"
                    + " tolerated one lets lower ones through that are not");
        }
        return Rendering.of(
                union, c.toString(), Set.of(Rendering.Carries.RATIONALE, Rendering.Carries.CONDITION), notCarried);
    }

    private static void safeMissing(StringBuilder c, PolicyUnion.Element element, List<String> notCarried) {
        List<ValueCondition> conditions = element.conditions();
        comment(c, named(element.register()) + ": " + rationale(element));
        if (conditions.size() > 1) {
            notCarried.add("a register has one tolerance: of the conditions on " + named(element.register()) + ", "
                    + conditions.getFirst() + " is rendered, and not "
                    + conditions.subList(1, conditions.size()).stream()
                            .map(Object::toString)
                            .reduce((a, b) -> a + " nor " + b)
                            .orElse(""));
        }
        c.append("    arm_register_cpreg_mig_tolerance(cpu, ")
                .append(constant(element.register()))
                .append(",\n                                     ");
        if (conditions.isEmpty()) {
            c.append("0, 0, ToleranceNotOnBothEnds);\n");
        } else {
            ValueCondition condition = conditions.getFirst();
            c.append(condition.mask() == -1 ? "UINT64_MAX" : number(condition.mask()))
                    .append(", ")
                    .append(number(condition.expected()))
                    .append(",\n                                     ToleranceOnlySrcTestValue);\n");
        }
    }

    /** As the kernel's headers spell it, so that people recognise it. */
    private static String constant(RegisterId register) {
        return switch (register.encoding()) {
            case RegisterEncoding.SystemRegister r
            when register.equals(RegisterId.ofSystemRegister(r.op0(), r.op1(), r.crn(), r.crm(), r.op2())) ->
                "ARM64_SYS_REG(" + r.op0() + ", " + r.op1() + ", " + r.crn() + ", " + r.crm() + ", " + r.op2() + ")";
            case RegisterEncoding.FirmwareFeatureBitmap r
            when register.bits() >>> 16 == 0x603000000016L -> "KVM_REG_ARM_FW_FEAT_BMAP_REG(" + r.index() + ")";
            case RegisterEncoding.Firmware r
            when register.bits() >>> 16 == 0x603000000014L -> "KVM_REG_ARM_FW_REG(" + r.index() + ")";
            default -> register + "ULL";
        };
    }

    private static String number(long value) {
        return value == 0 ? "0" : "0x" + Long.toHexString(value) + "ULL";
    }

    private static String named(RegisterId register) {
        return register.name() + " (" + register + ")";
    }

    private static String rationale(PolicyUnion.Element element) {
        Set<String> rationales = new LinkedHashSet<>();
        for (PolicyEntry entry : element.entries()) {
            rationales.add(entry.rationale());
        }
        return String.join(" ", rationales);
    }

    private static void comment(StringBuilder c, String text) {
        c.append("    /*\n");
        StringBuilder line = new StringBuilder();
        for (String word :
                text.replace("*/", "* /").replace("/*", "/ *").strip().split("\\s+", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH - 7) {
                c.append("     * ").append(line).append('\n');
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        c.append("     * ").append(line).append("\n     */\n");
    }
}
