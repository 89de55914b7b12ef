package org.migreg.format.qemulog;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.format.qemulog.LogContext.Start;

/** Collects what the lines of one load say of guest and host. */
final class ContextReader {

    private static final Pattern QEMU_VERSION =
            Pattern.compile("qemu version: ([0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3})([^,]{0,80})");
    private static final Pattern KERNEL = Pattern.compile(", kernel: ([0-9][^, ]{0,63})");
    private static final Pattern HOST = Pattern.compile(", hostname: ([^,\\s]{1,253})");
    private static final Pattern JOURNAL = Pattern.compile(
            "^(?:[A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.+Z-]{8,24})"
                    + " ([A-Za-z0-9][A-Za-z0-9.-]{0,252}) [A-Za-z][A-Za-z0-9_.@-]{0,40}(?:\\[[0-9]{1,9}\\])?: ");
    private static final Pattern PROGRAM = Pattern.compile("\\bqemu-system-([a-z0-9_]{1,20})|\\bqemu-kvm\\b");
    private static final Pattern MACHINE = Pattern.compile(
            "(?:^|[\\s'\",\\[])-{1,2}(?:machine|M)[\\s'\"=,]{1,5}(?:type=)?([a-z][A-Za-z0-9._-]{0,60})|\\bmachine=['\"]([a-z][A-Za-z0-9._-]{0,60})['\"]");
    private static final Pattern OTHER_MONITOR = Pattern.compile(
            "anonymous-instance|\\bfirecracker\\b|\\bcloud-hypervisor\\b|\\bcrosvm\\b|\\bgem5\\b|\\blkvm\\b|\\bbhyve\\b"
                    + "|\\bpropolis\\b|\\bVBoxManage\\b|\\bVERR_[A-Z]|\\bvmx\\||\\blibxl: |\\bxc: error|\\(XEN\\)|\\bcriu/");

    private static final Map<String, String> OF_WORDS = Map.of(
            "anonymous-instance", "firecracker",
            "lkvm", "kvmtool",
            "VBoxManage", "VirtualBox",
            "vmx|", "VMware",
            "libxl: ", "Xen",
            "xc: error", "Xen",
            "(XEN)", "Xen",
            "criu/", "CRIU");
    private static final Pattern ONLY_X86 = Pattern.compile(
            "failed to set MSR 0x|Failed to set MSRs|SetSpecialRegs|\\bR[A-D]X=[0-9a-f]{16}\\b|\\bE[A-D]X=[0-9a-f]{8}\\b|CPUID\\.[0-9A-F]{2}H|device '(?:apic|ioapic|i8254|i8259|kvmclock|kvm-tpr-opt|ICH9LPC|PIIX[34])'");
    private static final Pattern DOMAIN_ARCHITECTURE = Pattern.compile("\\barch=['\"]([a-z0-9_]{1,20})['\"]");
    private static final Pattern CPU =
            Pattern.compile("(?:^|[\\s'\",\\[])-{1,2}cpu[\\s'\"=,]{1,5}([A-Za-z][^\\s'\"\\\\]{0,200})");
    private static final Pattern INCOMING = Pattern.compile("(?:^|[\\s'\",\\[])-{1,2}incoming\\b");
    private static final Pattern STARTED =
            Pattern.compile("[Ss]tart failed: QEMU exited|Failed to start domain|Domain installation does not appear");
    private static final Pattern RELEASE = Pattern.compile(
            "(?:\\b(source|src|from|destination|dest|dst|target|to)\\b"
                    + "[^0-9\\n]{0,24})?(?<![0-9A-Za-z.-])([1-9]\\.[0-9]{1,3}\\.[0-9]{1,3}-[0-9A-Za-z.+~_-]{0,40}"
                    + "(?:el[789]|el10|fc[0-9]{2}|deb1[0-9]|generic|aarch64|arm64|amzn|oe[12]|uek|azure|aws|default|an8|pve|x86_64|amd64|ppc64le|ppc64el|s390x|riscv64)[0-9A-Za-z.+~_-]{0,40})");

    /** Machine types and devices that only one architecture has. Source: QEMU's boards. */
    private static final Map<Pattern, String> OF_ONE_ARCHITECTURE = Map.of(
            Pattern.compile("^(?:pc|q35|isapc|xenfv|xenpv)(?:-.*)?$|^(?:microvm|nitro|nitro-enclave)$"), "x86_64",
            Pattern.compile("^(?:pseries|powernv\\d*)(?:-.*)?$"), "ppc64",
            Pattern.compile("^s390-ccw-virtio(?:-.*)?$"), "s390x",
            Pattern.compile("^(?:spike|sifive_[eu])$"), "riscv64");

    private static final Map<Pattern, String> OF_ONE_CPU = Map.of(
            Pattern.compile(
                            "^(?:qemu64|kvm64|qemu32|Nehalem|Westmere|SandyBridge|IvyBridge|Haswell|Broadwell|Skylake|Cascadelake"
                                    + "|Cooperlake|Icelake|SapphireRapids|GraniteRapids|SierraForest|ClearwaterForest|DiamondRapids|Denverton"
                                    + "|Snowridge|KnightsMill|Conroe|Penryn|Opteron|EPYC|Dhyana|YongFeng|core2duo|coreduo|athlon|phenom)\\b.*"),
                    "x86_64",
            Pattern.compile("^(?i:power[0-9]{1,2})\\b.*"), "ppc64",
            Pattern.compile("^(?:z[0-9]{1,3}|gen1[5-9])(?:[.a-z0-9]*(?:-base)?)?\\b.*"), "s390x");

    /** The end of a kernel's release, in QEMU's words. A host of another architecture may run an Arm guest by emulation. */
    private static final Map<Pattern, String> OF_ONE_KERNEL = Map.of(
            Pattern.compile(".*[.-](?:x86_64|amd64)$"), "x86_64",
            Pattern.compile(".*[.-]ppc64(?:le|el)?$"), "ppc64",
            Pattern.compile(".*[.-]s390x$"), "s390x",
            Pattern.compile(".*[.-]riscv64$"), "riscv64",
            Pattern.compile(".*[.-]loongarch64$"), "loongarch64");

    private @Nullable String program;
    private @Nullable String architecture;
    private @Nullable String qemuVersion;
    private @Nullable String qemuPackage;
    private @Nullable String kernel;
    private @Nullable String host;
    private @Nullable String machineType;
    private @Nullable String cpu;
    private @Nullable String sourceKernel;
    private @Nullable String destinationKernel;
    private @Nullable String inherited;
    private boolean isOnArm;
    private boolean incoming;
    private boolean plain;
    private boolean commandLine;
    private final Set<String> kernels = new LinkedHashSet<>();

    /** libvirt's first line of a guest's log. */
    void header(String line) {
        Matcher qemu = QEMU_VERSION.matcher(line);
        if (qemu.find()) {
            qemuVersion = qemu.group(1);
            qemuPackage = qemu.group(2).isEmpty() ? null : qemu.group(2);
        }
        kernel = first(KERNEL, line, kernel);
        host = first(HOST, line, host);
        if (kernel != null) {
            kernels.add(kernel);
        }
    }

    void line(String line) {
        Matcher named = PROGRAM.matcher(line);
        while (line.contains("qemu-") && named.find()) {
            program = program == null ? named.group() : program;
            if (named.group(1) != null) {
                boolean isArm =
                        named.group(1).equals("aarch64") || named.group(1).equals("arm");
                architecture = architecture == null || isArm ? named.group(1) : architecture;
            }
        }
        if (program == null) {
            Matcher monitor = OTHER_MONITOR.matcher(line);
            if (monitor.find()) {
                String word = monitor.group();
                program = word.startsWith("VERR_") ? "VirtualBox" : OF_WORDS.getOrDefault(word, word);
            }
        }
        if (architecture == null && ONLY_X86.matcher(line).find()) {
            architecture = "x86_64";
        }
        machine(line);
        cpu = line.contains("-cpu") ? first(CPU, line, cpu) : cpu;
        if (architecture == null && cpu != null) {
            architecture = of(OF_ONE_CPU, cpu);
        }
        host = first(JOURNAL, line, host);
        incoming |= line.contains("-incoming") && INCOMING.matcher(line).find();
        plain |= (line.contains("tart") || line.contains("Domain"))
                && STARTED.matcher(line).find();
        Matcher release = RELEASE.matcher(line);
        while (release.find() && kernels.size() < 20) {
            kernels.add(release.group(2));
            side(release.group(1), release.group(2));
        }
    }

    private void machine(String line) {
        Matcher machine = MACHINE.matcher(line);
        if (machineType == null && (line.contains("machine") || line.contains("-M")) && machine.find()) {
            String name = machine.group(1) == null ? machine.group(2) : machine.group(1);
            machineType = name;
            commandLine |= machine.group(1) != null;
            if (architecture == null) {
                architecture = of(OF_ONE_ARCHITECTURE, name);
            }
        }
        if (architecture == null && line.contains("arch=")) {
            architecture = first(DOMAIN_ARCHITECTURE, line, null);
        }
    }

    private static @Nullable String of(Map<Pattern, String> architectures, String name) {
        return architectures.entrySet().stream()
                .filter(one -> one.getKey().matcher(name).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private void side(@Nullable String word, String release) {
        if (word != null) {
            boolean isSource = word.equals("source") || word.equals("src") || word.equals("from");
            sourceKernel = isSource && sourceKernel == null ? release : sourceKernel;
            destinationKernel = !isSource && destinationKernel == null ? release : destinationKernel;
        }
    }

    /** Something was printed that only a load prints. */
    void loading() {
        incoming = true;
    }

    /** Something was printed that only QEMU for Arm prints. */
    void onArm() {
        isOnArm = true;
    }

    /** What another load of the same text says of the architecture, for one that says nothing of it. */
    void follows(ContextReader earlier) {
        inherited = earlier.architecture();
    }

    private @Nullable String architecture() {
        if (architecture != null || isOnArm) {
            return architecture;
        }
        String told = ofTheKernels();
        return told == null ? inherited : told;
    }

    void otherProgram(String name) {
        program = name;
    }

    private static @Nullable String first(Pattern pattern, String line, @Nullable String known) {
        if (known != null) {
            return known;
        }
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? matcher.group(1) : null;
    }

    /** Where all kernels are of one architecture and nothing else tells, the guest most likely is of it as well. */
    private @Nullable String ofTheKernels() {
        String ofAll = null;
        for (String release : kernels) {
            String one = of(OF_ONE_KERNEL, release);
            if (one == null || ofAll != null && !one.equals(ofAll)) {
                return null;
            }
            ofAll = one;
        }
        return ofAll;
    }

    LogContext context() {
        Start start = incoming ? Start.INCOMING : plain || commandLine ? Start.PLAIN : Start.UNKNOWN;
        return new LogContext(
                program,
                architecture(),
                qemuVersion,
                qemuPackage,
                kernel,
                host,
                machineType,
                cpu,
                start,
                sourceKernel,
                destinationKernel,
                kernels.stream().toList());
    }
}
