package org.migreg.format.qemulog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.migreg.format.reading.CaptureFormat;
import org.migreg.format.reading.FileContent;
import org.migreg.format.reading.Head;
import org.migreg.format.reading.Input;

/** The log of a load that failed; the ids in it are of the registers that did not fit, not a host's list. */
public final class QemuLogFormat implements CaptureFormat {

    /** What any load that fails prints; before a member of analyze-migration's JSON stands a quote. */
    private static final Pattern PRINTED =
            Pattern.compile("load of migration failed|_in_incoming_stream|cpu_post_load_|(?<!\")cpreg_vmstate_array_len"
                    + "|ould not set register|egister in input stream|ailed to put registers after"
                    + "|nvalid value -?\\d+ expecting positive value|rror while loading state for instance"
                    + "|issing section footer for|VM subsection '|KVM_SET_DEVICE_ATTR failed");

    @Override
    public String name() {
        return QemuLogReader.FORMAT;
    }

    @Override
    public String files() {
        return "what QEMU or libvirt printed of a failed migration";
    }

    @Override
    public boolean recognises(Head head) throws IOException {
        String text = head.text();
        return text.indexOf('\0') < 0 && PRINTED.matcher(text).find();
    }

    /** The text as it stands: {@link QemuLogReader} tells what it says. */
    @Override
    public FileContent read(Input file) throws IOException {
        return new FileContent.Log(
                name(), new String(file.text(name(), QemuLogReader.LARGEST), StandardCharsets.UTF_8));
    }
}
