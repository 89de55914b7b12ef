package org.migreg.format.qemulog;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migreg.format.normal.Message;

/**
 * The messages that are read, each with what it begins with. {@code %R} stands for a register as QEMU prints it, {@code
 * %E} for an error's text; both are precise where a broken line is put together, and lenient where it is read.
 *
 * <p>Source of the wordings: QEMU 7.2 to 11.1 {@code target/arm/machine.c}, {@code target/arm/kvm.c}, {@code
 * migration/vmstate.c}, {@code migration/vmstate-types.c}, {@code migration/savevm.c}; the x-mig series' {@code
 * target/arm/trace-events}; libvirt's log; and what real ones printed.
 */
enum Wording {
    LENGTH("Invalid value ", "[Ii]nvalid value (-?[0-9]{1,10}) expecting positive value <= ?([0-9]{1,10})"),
    LENGTH_TRACE("field \"cpreg_", "field \"cpreg_vmstate_array_len\" load failed"),
    LENGTH_FIELD("Failed to load ", "[Ff]ailed to load [a-z/]{1,20}:cpreg_vmstate_array_len"),
    LENGTH_ELEMENT(
            "Failed to load element ",
            "[Ff]ailed to load element of type int32 le for cpreg_vmstate_array_len(?:: -?[0-9]{1,4})?"),
    EXTRA_FATAL(
            "handle_cpreg_only_in_incoming_stream",
            "handle_cpreg_only_in_incoming_stream:? (%R) in the incoming stream but unknown on the"
                    + " destination(?:: fail migration)?"),
    EXTRA_TOLERATED(
            "tolerate_cpreg_only_in_incoming_stream",
            "tolerate_cpreg_only_in_incoming_stream:? (%R) is in incoming stream but not on destination"
                    + "(?: but this is explicitly tolerated)?"),
    ABSENT(
            "handle_cpreg_missing_in_incoming_stream",
            "handle_cpreg_missing_in_incoming_stream:? (%R) expected by the destination but not in the"
                    + " incoming stream(?:: skip it)?"),
    ABSENT_TOLERATED(
            "tolerate_cpreg_",
            "tolerate_cpreg_(?:missing|only_on_destination)[a-z_]{0,40}:? (%R) is (?:expected by|on) (?:the )?destination"),
    SERIES_EXTRA(
            "Unexpected register in input ",
            "Unexpected register in input stream: [0-9]{1,6} 0x([0-9a-fA-F]{16}|[0-9a-fA-F]{1,16}\\b)"),
    SERIES_ABSENT(
            "Missing register in input ",
            "Missing register in input stream: [0-9]{1,6} 0x([0-9a-fA-F]{16}|[0-9a-fA-F]{1,16}\\b)"),
    SERIES_ABSENT_NAMED(
            "Missing register in input ",
            "Missing register in input stream: (?![0-9])(%R)",
            "Missing register in input stream: (?![0-9])(.{1,100})"),
    TRACE_EXTRA(
            "unexpected register in input ",
            "unexpected register in input stream: v=[0-9]{1,6} index=0x([0-9a-fA-F]{1,16}) ?\\(i=[0-9]{1,6}\\)",
            "unexpected register in input stream: v=[0-9]{1,6} index=0x([0-9a-fA-F]{1,16})\\b"),
    TRACE_TOLERATED(
            "register missing as expected ",
            "register missing as expected in input stream: v=[0-9]{1,6} index=0x([0-9a-fA-F]{1,16}) ?\\(i=[0-9]{1,6}\\)",
            "register missing as expected in input stream: v=[0-9]{1,6} index=0x([0-9a-fA-F]{1,16})\\b"),
    TRACE_ABSENT(
            "missing register in input ",
            "missing register in input stream: i=[0-9]{1,6} index=0x([0-9a-fA-F]{1,16}) ?\\(v=[0-9]{1,6}\\)",
            "missing register in input stream: i=[0-9]{1,6} index=0x([0-9a-fA-F]{1,16})\\b"),
    TRACE_LENGTHS("cpreg_array_len=", "cpreg_array_len=([0-9]{1,9}) cpreg_vmstate_array_len=([0-9]{1,9})"),
    VALUE_REFUSED(
            "Could not set register ",
            "[Cc]ould not set register (%R)(?: to ([0-9a-f]{1,16})(?: ?\\(is ([0-9a-f]{1,16})\\))?|: (unknown to KVM|%E))",
            "[Cc]ould not set register ([A-Za-z0-9: ]{1,100}?)(?: to ([0-9a-f]{1,16})(?: ?\\(is ([0-9a-f]{1,16})\\))?"
                    + "|: (unknown to KVM|%E))"),
    DEVICE(
            "error while loading state for ",
            "[Ee]rror while loading state for instance 0x[0-9a-fA-F]{1,8} of ?device '([A-Za-z0-9_:/.,@()#-]{1,200})'",
            "[Ee]rror while loading state for instance 0x[0-9a-fA-F]{1,8} of ?device '([^']{1,200})'(.{0,5})"),
    POST_LOAD(
            "post load hook failed for: ",
            "post load hook failed for: ([A-Za-z0-9_/.-]{1,60}), version_id: [0-9]{1,9}, minimum_version: [0-9]{1,9},"
                    + " ret: (-?[0-9]{1,9})"),
    LOAD_FAILED(
            "load of migration failed",
            "[Ll]oad of migration failed: %E(?:: error while loading state for instance 0x[0-9a-fA-F]{1,8} of device"
                    + " '[A-Za-z0-9_:/.,@()#-]{1,200}'(?:: (?:post load hook failed for: [a-z_/]{1,60}, version_id: [0-9]{1,9},"
                    + " minimum_version: [0-9]{1,9}, ret: -?[0-9]{1,9}|Failed to load element of type int32 le for"
                    + " cpreg_vmstate_array_len: -?[0-9]{1,9}))?)?",
            "[Ll]oad of migration failed: (%E)"),
    JOB_FAILED("job 'migration ", "job 'migration (?:in|out)' failed: (%E)"),
    NOT_PUT("Failed to put registers after ", "[Ff]ailed to put registers after (init|reset|pre-loadvm): (%E)"),
    PROPERTY_NOT_FOUND("Property '", "Property '[^']{0,80}\\.(x-mig-(?:hidden|safe-missing)-regs)' not found"),
    PROPERTY_TWICE(
            "array size property ",
            "array size property (x-mig-(?:hidden|safe-missing)-regs) may not be set more than once"),
    PROPERTY_SYNTAX("Parameter '", "Parameter '[^']{0,80}' expects (?:a )?list of uint64 values or ranges"),
    SUBSECTION("VM subsection '", "VM subsection '([^']{1,200})' in '[^']{1,200}' does not exist"),
    SUBSECTION_TRACE(
            "vmstate_subsection_load_bad ", "vmstate_subsection_load_bad [^:]{1,80}: ([^\\s(]{1,80})/\\(lookup\\)"),
    STARTED(
            "starting up libvirt version: ",
            "starting up libvirt version: [^,]{1,80}(?:, package: .{1,160}?)?, qemu version: [^,]{1,100}, kernel: [^,\\s]{1,64},"
                    + " hostname: [A-Za-z0-9._-]{1,200}",
            "starting up libvirt version: [^,]{1,80}, .{0,400}"),
    SHUT_DOWN("shutting down, reason=", "shutting down, reason=[a-z]{1,20}"),
    SECTION_FOOTER("Missing section footer for ", "[Mm]issing section footer for (\\S{1,200})"),
    UNKNOWN_SECTION("Unknown savevm section ", "[Uu]nknown savevm section or instance '([^'\\s]{1,200})'"),
    UNKNOWN_MEMORY("Unknown ramblock ", "[Uu]nknown ramblock \"([^\"\\s]{1,200})\""),
    SECTION_VERSION("unsupported version ", "unsupported version [0-9]{1,9} for '([^'\\s]{1,200})'(?: v[0-9]{1,9})?"),
    MEMORY_SIZE(
            "Length mismatch: ",
            "[Ll]ength mismatch: (\\S{1,200}): ?(?:0x)?[0-9a-fA-F]{1,16} ?(?:in )?!= ?(?:0x)?[0-9a-fA-F]{1,16}"),
    MEMORY_SIZE_TOLD(
            "Size mismatch: ",
            "[Ss]ize mismatch: (\\S{1,200}): ?(?:0x)?[0-9a-fA-F]{1,16} ?(?:in )?!= ?(?:0x)?[0-9a-fA-F]{1,16}"),
    MACHINE_TYPE("Machine type received is ", "[Mm]achine type received is '([^']{1,60})' and local is '([^']{1,60})'"),
    VIRTIO_FEATURES(
            "Features 0x", "[Ff]eatures 0x[0-9a-fA-F]{1,16} unsupported. Allowed features: 0x[0-9a-fA-F]{1,16}"),
    DEVICE_FIELD("Failed to load ", "[Ff]ailed to load ([A-Za-z0-9_/.-]{1,80}):([A-Za-z0-9_.>\\[\\]/-]{1,80})(?!\\S)"),
    DEVICE_ATTRIBUTE(
            "KVM_SET_DEVICE_ATTR failed: ",
            "KVM_SET_DEVICE_ATTR failed: Group ([0-9]{1,3}) attr 0x([0-9a-fA-F]{1,16}): (%E)"),
    DEVICE_ATTRIBUTE_READ(
            "KVM_GET_DEVICE_ATTR failed: ",
            "KVM_GET_DEVICE_ATTR failed: Group ([0-9]{1,3}) attr 0x([0-9a-fA-F]{1,16}): (%E)"),
    FOOTER_ID("Mismatched section id in footer for ", "[Mm]ismatched section id in footer for (\\S{1,200})"),
    SECTION_TYPE("Unknown section type ", "[Uu]nknown section type [0-9]{1,5}"),
    FLAGS("Unknown combination of migration flags: ", "[Uu]nknown combination of migration flags: 0x[0-9a-f]{1,8}"),
    CONFIGURATION("Configuration section missing", "[Cc]onfiguration section missing"),
    NO_STREAM("Not a migration stream", "[Nn]ot a migration stream"),
    STREAM_VERSION("Unsupported migration stream version", "[Uu]nsupported migration stream version"),
    CAPABILITY("Capability ", "[Cc]apability [A-Za-z0-9-]{1,60} is (?:on|off), but received capability is (?:on|off)"),
    PAGE_SIZE("Page size mismatch: ", "[Pp]age size mismatch: local [0-9]{1,12} received [0-9]{1,12}"),
    PAGE_SIZE_TOLD(
            "Mismatched RAM page size ",
            "[Mm]ismatched RAM page size \\S{1,200} ?\\(local\\) [0-9]{1,12} != [0-9]{1,12}"),
    VCPU_INIT("kvm_init_vcpu", "kvm_init_vcpu(?:: kvm_arch_init_vcpu)? failed ?(?:\\([0-9]{1,4}\\))?: (?:%E)"),
    VCPU_BOOT("psci: failed to boot ", "psci: failed to boot CPU[0-9]{1,4} \\(-[0-9]{1,3}\\)");

    /** All of them, for putting broken lines together. */
    static final List<Message> MESSAGES =
            Arrays.stream(values()).map(wording -> wording.message).toList();

    // A text and a pattern, both of which never change.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Message message;

    private final Pattern reading;
    private final String mark;

    Wording(String beginning, String whole) {
        this(beginning, whole, whole);
    }

    Wording(String beginning, String whole, String reading) {
        this.message = new Message(
                beginning, Pattern.compile(whole.replace("%R", Words.REGISTERS).replace("%E", Words.ERRORS)));
        this.mark = beginning.substring(1);
        this.reading = Pattern.compile(
                reading.replace("%R", ".{1,100}?").replace("%E", Words.ERRORS + "|[A-Z][A-Za-z ,'()/-]{1,80}"));
    }

    /** Finds the message in a line. */
    Matcher in(String line) {
        // Most lines are none of ours, and looking for a word is quicker than for a pattern.
        return reading.matcher(line.contains(mark) ? line : "");
    }

    private static final class Words {

        static final String ERRORS = "(?:Invalid argument|Operation not permitted|No such file or directory"
                + "|Input/output error|Bad address|Device or resource busy|Cannot allocate memory|Operation not supported"
                + "|No such device or address|No such device|Function not implemented|Permission denied|Protocol error"
                + "|Connection (?:reset by peer|timed out|refused)|Broken pipe|Bad file descriptor|Argument list too long"
                + "|Inappropriate ioctl for device|Numerical result out of range|No data available|Unknown error -?[0-9]{1,4}"
                + "|Success)";

        static final String REGISTERS =
                "(?:system register )?op0:[0-9] op1:[0-9] crn:[0-9]{1,2} crm:[0-9]{1,2} op2:[0-9]"
                        + "|system register 0x[0-9a-f]{1,8}|fw (?:feat )?reg [0-9]{1,5}|(?:demuxed|core) reg (?:0x)?[0-9a-f]{16}";
    }
}
