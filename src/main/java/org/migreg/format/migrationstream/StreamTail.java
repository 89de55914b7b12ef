package org.migreg.format.migrationstream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureReading;
import org.migreg.format.migrationstream.StreamDescription.Device;

/**
 * Reads a stream from its end: the description, and from the sizes in it where each device's section
 * lies. What stands before the devices, RAM in whatever form, is not looked at.
 *
 * <p>Source: QEMU {@code migration/savevm.c}, {@code
 * qemu_savevm_state_complete_precopy_non_iterable()}: the devices' sections, a byte 0x00, a byte
 * 0x06, the length of the description in four bytes, the description.
 */
final class StreamTail {

    static final int SECTION_FULL = 0x04;
    static final int SECTION_FOOTER = 0x7e;
    static final int DESCRIPTION = 0x06;

    /** Type, section id, length of the name, instance id and version id. */
    private static final int HEADER_WITHOUT_NAME = 1 + 4 + 1 + 4 + 4;

    private static final int FOOTER = 1 + 4;
    private static final int DESCRIPTION_HEADER = 1 + 4;
    private static final int BLOCK = 1 << 16;

    /** Zeros that may follow the description: a device or a tool may have filled up its last block. */
    private static final int MOST_PADDING = 1 << 20;

    /** The stream cannot be read from its end, but perhaps front to back. */
    static final class Unsuitable extends Exception {

        private static final long serialVersionUID = 1;

        private final transient @Nullable StreamFault reason;

        /**
         * @param reason null where there is no description at the end at all
         */
        Unsuitable(@Nullable StreamFault reason) {
            this.reason = reason;
        }

        StreamFault reasonOr(StreamFault other) {
            return reason == null ? other : reason;
        }
    }

    private final ByteWindow window;
    private long descriptionAt;

    StreamTail(ByteWindow window) {
        this.window = window;
    }

    CaptureReading read(StreamOrigin origin) throws IOException, StreamFault, Unsuitable {
        StreamDescription description = description();
        List<Device> devices = description.devices();
        VcpuData vcpus = new VcpuData(origin);
        int left = description.vcpus().size();
        long end = descriptionAt - DESCRIPTION_HEADER - 1;
        if (end < window.begin() || bytes(end, 1)[0] != 0) {
            throw new Unsuitable(new StreamFault(end, "no end of sections (byte 0x00) stands before the description"));
        }
        for (int i = devices.size() - 1; i >= 0 && left > 0; i--) {
            Device device = devices.get(i);
            long dataAt = end - FOOTER - device.size();
            long start = dataAt - HEADER_WITHOUT_NAME - device.nameLength();
            if (device.size() > end || start < window.begin()) {
                throw new Unsuitable(new StreamFault(
                        window.begin(),
                        window.begin() == 0
                                ? "the devices of the description are larger than the whole stream"
                                : "the vCPUs' sections lie more than " + (RecentBytes.KEPT >> 20)
                                        + " MiB before the stream's end; give the stream as a file"));
            }
            requireSection(device, start, end - FOOTER);
            if (device.isVcpu()) {
                vcpus.add(device, bytes(dataAt, VcpuData.bytesNeeded(device, dataAt)), dataAt);
                left--;
            }
            end = start;
        }
        return vcpus.reading(descriptionAt);
    }

    private void requireSection(Device device, long start, long footerAt) throws IOException, Unsuitable {
        byte[] header = bytes(start, HEADER_WITHOUT_NAME + device.nameLength());
        byte[] footer = bytes(footerAt, FOOTER);
        byte[] name = device.name().getBytes(StandardCharsets.UTF_8);
        boolean agrees = header[0] == SECTION_FULL && (header[5] & 0xff) == name.length && footer[0] == SECTION_FOOTER;
        for (int i = 0; i < name.length; i++) {
            agrees &= header[6 + i] == name[i];
        }
        for (int i = 1; i <= 4; i++) {
            agrees &= header[i] == footer[i];
        }
        if (!agrees) {
            throw new Unsuitable(new StreamFault(
                    start,
                    "by the description at the end of the stream a section of the device '"
                            + device.name().replaceAll("[^ -~]", "?") + "' stands at byte " + start
                            + ", but it does not"));
        }
    }

    private StreamDescription description() throws IOException, StreamFault, Unsuitable {
        long end = lastOtherThanZero() + 1;
        long nul = lastZeroBefore(end);
        // Up to three bytes of the length can stand between the last zero and the opening brace.
        byte[] head = bytes(nul, (int) Math.min(5, end - nul));
        int brace = 0;
        while (brace < head.length && head[brace] != '{') {
            brace++;
        }
        long at = nul + brace;
        if (brace == head.length || at - DESCRIPTION_HEADER < window.begin() || end - at > StreamDescription.LONGEST) {
            throw new Unsuitable(null);
        }
        byte[] header = bytes(at - DESCRIPTION_HEADER, DESCRIPTION_HEADER);
        long length = (header[1] & 0xffL) << 24 | (header[2] & 0xff) << 16 | (header[3] & 0xff) << 8 | header[4] & 0xff;
        if (header[0] != DESCRIPTION || length != end - at) {
            throw new Unsuitable(null);
        }
        descriptionAt = at;
        return StreamDescription.parse(bytes(at, (int) length), at);
    }

    private long lastOtherThanZero() throws IOException, Unsuitable {
        long floor = Math.max(window.begin(), window.end() - MOST_PADDING);
        for (long to = window.end(); to > floor; to -= BLOCK) {
            long from = Math.max(floor, to - BLOCK);
            byte[] block = bytes(from, (int) (to - from));
            for (int i = block.length - 1; i >= 0; i--) {
                if (block[i] != 0) {
                    return from + i;
                }
            }
        }
        throw new Unsuitable(null);
    }

    private long lastZeroBefore(long end) throws IOException, Unsuitable {
        long floor = Math.max(window.begin(), end - StreamDescription.LONGEST - DESCRIPTION_HEADER);
        for (long to = end; to > floor; to -= BLOCK) {
            long from = Math.max(floor, to - BLOCK);
            byte[] block = bytes(from, (int) (to - from));
            for (int i = block.length - 1; i >= 0; i--) {
                if (block[i] == 0) {
                    return from + i;
                }
            }
        }
        throw new Unsuitable(null);
    }

    private byte[] bytes(long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        window.read(position, bytes);
        return bytes;
    }
}
