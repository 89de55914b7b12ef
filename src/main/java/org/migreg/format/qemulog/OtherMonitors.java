package org.migreg.format.qemulog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.register.RegisterId;

/**
 * What monitors other than QEMU print when KVM refuses them a register. Source: gem5 src/arch/arm/kvm and src/cpu/kvm,
 * Firecracker src/vmm/src/arch/aarch64/vcpu.rs, Cloud Hypervisor hypervisor/src/cpu.rs, crosvm, kvmtool.
 */
final class OtherMonitors {

    private static final Pattern GEM5 = Pattern.compile(
            "(?:panic|fatal): (?:KVM: )?[Ff]ailed to (?:[sg]et|read|write|init)[^\\n]{0,80}?\\(?(errno: [0-9]{1,4})\\)?");

    /** A sentence, or the name of an error of a program that is written in Rust, with the kernel's answer behind it. */
    private static final Pattern REFUSED =
            Pattern.compile("(?:\\b(?:[Ff]ailed to|[Ee]rror|[Cc]ould not|[Cc]annot)\\b[^\\n]{0,60}?"
                    + "\\b(?:[SsGg]et|[SsGg]etting|[Rr]estor|[Ww]rit|[Rr]ead)[^\\n]{0,60}?[Rr]eg(?:ister)?s?\\b"
                    + "|\\b(?:[SG]et|Restore)[A-Z][A-Za-z]{0,30}Reg(?:s|ister|isters)?\\b)[^\\n]{0,80}?"
                    + "((?:[A-Z][a-z]+ )?[a-z ]{0,30}\\(os error [0-9]{1,4}\\)|\\bError\\([0-9]{1,4}\\))");

    private static final Pattern KVMTOOL =
            Pattern.compile("KVM_[SG]ET_ONE_REG failed[^\\n]{0,60}?((?::|errno) ?[A-Za-z0-9 ]{1,30})");

    private static final Pattern ID = Pattern.compile(
            "(?<![0-9A-Za-z])(?:0x([46]0[0-9a-fA-F]{14})|([46]0[2-8]0{4}[0-9a-f]{9})|(69[0-9]{17}))(?![0-9A-Za-z])");

    /** What tells that a guest's vCPU is spoken of, and no other thing's registers. */
    private static final Pattern OF_A_GUEST = Pattern.compile(
            "(?i:vcpu|kvm|microvm|hypervisor|<vmm>|anonymous-instance|crosvm|firecracker|OneReg|Aarch)");

    private OtherMonitors() {}

    static LogEvent.@Nullable OtherMonitor in(String line) {
        boolean mayBe = line.contains("rror") || line.contains("errno") || line.contains("_ONE_REG");
        if (!mayBe) {
            return null;
        }
        RegisterId register = register(line);
        Matcher gem5 = GEM5.matcher(line);
        if (gem5.find() && (line.contains("KVM: ") || line.contains("/kvm/"))) {
            return new LogEvent.OtherMonitor("gem5", register, gem5.group(1));
        }
        Matcher kvmtool = KVMTOOL.matcher(line);
        if (kvmtool.find()) {
            return new LogEvent.OtherMonitor(
                    "kvmtool", register, kvmtool.group(1).replace(":", "").strip());
        }
        Matcher refused = REFUSED.matcher(line);
        boolean isOfAGuest = register != null || OF_A_GUEST.matcher(line).find();
        return isOfAGuest && refused.find()
                ? new LogEvent.OtherMonitor(
                        nameIn(line), register, refused.group(1).strip())
                : null;
    }

    /** Which monitor a line is of, as far as its words tell. */
    private static @Nullable String nameIn(String line) {
        if (line.contains("anonymous-instance") || line.contains("irecracker") || line.contains("VcpuArmError")) {
            return "Firecracker";
        }
        boolean isCloudHypervisor = line.contains("loud-hypervisor")
                || line.contains("loud Hypervisor")
                || line.contains("<vmm>")
                || line.contains("AarchCoreReg")
                || line.contains("AarchSys");
        if (isCloudHypervisor) {
            return "Cloud Hypervisor";
        }
        return line.contains("crosvm") ? "crosvm" : null;
    }

    private static @Nullable RegisterId register(String line) {
        Matcher id = ID.matcher(line);
        if (!id.find()) {
            return null;
        }
        if (id.group(3) != null) {
            RegisterId register = new RegisterId(Long.parseUnsignedLong(id.group(3)));
            return register.bits() >>> 60 == 6 ? register : null;
        }
        return new RegisterId(Long.parseUnsignedLong(id.group(1) == null ? id.group(2) : id.group(1), 16));
    }
}
