package org.migreg.format.foreign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.reading.CaptureFormat;
import org.migreg.format.reading.FileContent;
import org.migreg.format.reading.Head;
import org.migreg.format.reading.Input;
import org.migreg.register.RegisterId;

/**
 * Tells what is no register list of an arm64 host by its name: listings of other architectures, and the state of a
 * guest of another monitor. It refuses all that it recognises, saying what to hand in.
 */
public final class ForeignReader implements CaptureFormat {

    /** The name of the format. */
    public static final String FORMAT = "foreign";

    private static final int LARGEST = 16 << 20;

    private static final String COLLECT =
            "run the collector there, or give what QEMU's guest there sent (migrate file:, virsh save)";

    private static final Pattern ARM64 = Pattern.compile(
            "(?<![0-9a-zA-Z])(?:0[xX])?[46]0[2-8]0{4}[0-9a-fA-F]{9}(?![0-9a-zA-Z])|ARM64_SYS_REG\\(|[A-Z0-9]_EL[0-3]\\b"
                    + "|\\bop0[:(]|\\b69(?:26536|31039)[0-9]{12}\\b");

    private static final Pattern X86 = Pattern.compile("(?:GenuineIntel|AuthenticAMD|HygonGenuine|CentaurHauls)"
            + "|\\bMSR_(?:IA32|EFER|STAR|LSTAR|AMD64|KVM|CORE|MTRR|CSTAR|SYSCALL|FS_BASE|GS_BASE|KERNEL_GS|TSC)"
            + "|\\bIA32_[A-Z]{2,}"
            + "|\\b[eE][aA][xX] *[=:] *(?:0x)?[0-9a-fA-F]{8}\\b|\\bR[AI][XP] ?= ?[0-9a-f]{16}\\b"
            + "|\"(?:saved_)?msrs\" ?:|\\b(?i:rdmsr|wrmsr|msr)\\b[ (:=]{1,3}0[xX][0-9a-fA-F]"
            + "|\"(?:cpuid_modifiers|msr_modifiers|cpuid_entries|msr_entries)\""
            + "|(?<![0-9a-zA-Z])0[xX]20[2-8]0{4}[0-9a-fA-F]{9}(?![0-9a-zA-Z])"
            + "|\"(?:0x)?c000008[0-4]\"|\"index\": *322122560[0-4]\\b|\\bKVM_REG_X86\\b|\\bKVM_X86_REG");
    /** QEMU may print a vCPU's registers below its messages: what it says of them is diagnosed. */
    private static final Pattern QEMU_LOG = Pattern.compile("load of migration failed|ailed to put registers after");

    /** SYSENTER_CS, EFER, STAR, LSTAR, FS_BASE and others that every listing of a guest has. */
    private static final Pattern X86_MSR = Pattern.compile(
            "(?mi)^[ \\t|>*`-]*+(?:msr *)?(?:0x0*(?:17[4-6]|1a0|277|2ff|3a)|(?:0x)?c000008[0-4]|(?:0x)?c000010[0-3])\\b");

    private static final Pattern OTHER_ID =
            Pattern.compile("(?<![0-9a-zA-Z])0[xX]([135789])0[2-8]0[0-9a-fA-F]{12}(?![0-9a-zA-Z])");

    private static final Pattern CLOUD_HYPERVISOR = Pattern.compile("\"snapshot_data\"|\"cpu-manager\"\\s*:");

    @Override
    public String name() {
        return FORMAT;
    }

    @Override
    public String files() {
        return "listings of other architectures and monitors (only to be told what they are)";
    }

    @Override
    public boolean recognises(Head head) throws IOException {
        return whatItIs(head.text(), head.isJson()) != null;
    }

    @Override
    public FileContent read(Input file) throws IOException {
        String text = new String(file.text(FORMAT, LARGEST), StandardCharsets.UTF_8);
        throw new UnreadableCaptureException(
                FORMAT, -1, String.valueOf(whatItIs(text, text.stripLeading().startsWith("{"))));
    }

    /** A sentence with what would be right, or null for what may be a capture. */
    private static @Nullable String whatItIs(String text, boolean isJson) {
        if (text.indexOf('\0') >= 0) {
            return null;
        }
        if (isJson && CLOUD_HYPERVISOR.matcher(text).find()) {
            return X86.matcher(text).find() || text.contains("cpuid") || text.contains("msrs")
                    ? "this is Cloud Hypervisor's state of an x86 guest (state.json): this registry knows arm64 hosts only"
                    : "this is Cloud Hypervisor's state of a guest (state.json), of an arm64 one as it seems. Its vCPUs have other features than those of"
                            + " QEMU, and so other registers, and no QEMU loads it: for this host's list under QEMU "
                            + COLLECT;
        }
        if (ARM64.matcher(text).find() || QEMU_LOG.matcher(text).find()) {
            return null;
        }
        if (X86.matcher(text).find() || X86_MSR.matcher(text).results().limit(3).count() == 3) {
            return "this is of an x86 machine (its MSRs, CPUID or registers), where QEMU migrates no register list: this"
                    + " registry knows arm64 hosts only. For an arm64 host " + COLLECT;
        }
        Matcher other = OTHER_ID.matcher(text);
        if (!isJson && other.find()) {
            return "'" + other.group() + "' is a register ID of KVM on "
                    + new RegisterId(Long.parseUnsignedLong(other.group().substring(2), 16))
                            .encoding()
                            .architecture()
                    + ": this registry knows arm64 hosts only. For an arm64 host " + COLLECT;
        }
        return null;
    }
}
