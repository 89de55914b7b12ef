package org.migreg.format.migrationstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.ReadingMemory;
import org.migreg.format.migrationstream.StreamDescription.Device;

/**
 * Reads a stream front to back, section by section, in constant memory: RAM is passed over page by
 * page, and only the vCPUs' sections are kept until the description at the end tells what is in
 * them. A device's section does not tell its size; its end is where its footer stands and another
 * section begins, which the description then confirms.
 *
 * <p>Source: QEMU {@code migration/savevm.c} and {@code migration/ram.c}.
 */
final class SectionWalk {

    private static final int EOF = 0x00;
    private static final int SECTION_START = 0x01;
    private static final int SECTION_PART = 0x02;
    private static final int SECTION_END = 0x03;
    private static final int COMMAND = 0x08;

    private static final int RAM_VERSION = 4;
    private static final int RAM_ZERO = 0x02;
    private static final int RAM_MEM_SIZE = 0x04;
    private static final int RAM_PAGE = 0x08;
    private static final int RAM_EOS = 0x10;
    private static final int RAM_CONTINUE = 0x20;
    private static final int RAM_XBZRLE = 0x40;
    private static final int RAM_HOOK = 0x80;
    private static final int RAM_COMPRESSED_PAGE = 0x100;
    private static final int RAM_MULTIFD_FLUSH = 0x200;

    /** The most that is kept of all vCPUs' sections together, in bytes. */
    private static final int MOST_KEPT = 16 << 20;

    private static final int BLOCK = 1 << 16;

    /** What lies between header and footer of a vCPU's section, and where. */
    private static final class Section {

        private final byte[] data;
        private final long position;

        Section(byte[] data, long position) {
            this.data = data;
            this.position = position;
        }
    }

    private final ByteSource source;
    private final StreamOrigin origin;
    private final Map<Long, Section> vcpus = new HashMap<>();
    private @Nullable Integer ramId;
    private int kept;

    /**
     * @param source stands at the first section
     */
    SectionWalk(ByteSource source, StreamOrigin origin) {
        this.source = source;
        this.origin = origin;
    }

    CaptureReading read() throws IOException, StreamFault {
        while (true) {
            long at = source.position();
            int type = source.u8("the sections");
            switch (type) {
                case EOF -> {
                    return reading(description());
                }
                case SECTION_START, StreamTail.SECTION_FULL -> begin(type, at);
                case SECTION_PART, SECTION_END -> {
                    int id = source.i32("a section's header");
                    if (ramId == null || ramId != id) {
                        throw new StreamFault(at, "section " + id + " goes on at byte " + at + " without a beginning");
                    }
                    ram();
                    footer(id);
                }
                case COMMAND -> {
                    source.u16("a command");
                    source.skip(source.u16("a command"), "a command");
                }
                default ->
                    throw new StreamFault(
                            at,
                            "a section of the unknown type 0x" + Integer.toHexString(type) + " stands at byte " + at);
            }
        }
    }

    private void begin(int type, long at) throws IOException, StreamFault {
        int id = source.i32("a section's header");
        String name = source.text("a section's header");
        long instance = source.i32("a section's header") & 0xffff_ffffL;
        int sectionVersion = source.i32("a section's header");
        if (type == StreamTail.SECTION_FULL) {
            device(id, name, instance);
        } else if (name.equals("ram") && ramId == null) {
            if (sectionVersion != RAM_VERSION) {
                throw new StreamFault(at, "the section ram has version " + sectionVersion + "; QEMU writes 4");
            }
            ramId = id;
            ram();
            footer(id);
        } else {
            throw new StreamFault(
                    at,
                    "the live section '" + name.replaceAll("[^ -~]", "?") + "' at byte " + at
                            + " does not tell its size: give the stream as a file");
        }
    }

    /** Everything of one section that belongs to RAM, up to its end mark. */
    private void ram() throws IOException, StreamFault {
        while (true) {
            long at = source.position();
            long word = source.i64("the RAM");
            int flags = (int) (word & (origin.pageSize() - 1));
            if ((flags & RAM_MEM_SIZE) != 0) {
                blocks(word - flags);
            } else if ((flags & RAM_ZERO) != 0) {
                block(flags);
                source.skip(1, "a zero page");
            } else if ((flags & RAM_PAGE) != 0) {
                block(flags);
                source.skip(origin.pageSize(), "a page of RAM");
            } else if ((flags & RAM_XBZRLE) != 0) {
                block(flags);
                source.skip(1, "an XBZRLE page");
                source.skip(source.u16("an XBZRLE page"), "an XBZRLE page");
            } else if ((flags & RAM_COMPRESSED_PAGE) != 0) {
                block(flags);
                source.skip(source.i32("a compressed page") & 0xffff_ffffL, "a compressed page");
            } else if ((flags & RAM_HOOK) != 0) {
                throw new StreamFault(at, "the stream was made for RDMA, whose pages are not in it");
            } else if ((flags & (RAM_MULTIFD_FLUSH | RAM_EOS)) == 0) {
                throw new StreamFault(
                        at, "RAM has the unknown flags 0x" + Integer.toHexString(flags) + " at byte " + at);
            }
            if ((flags & RAM_EOS) != 0) {
                return;
            }
        }
    }

    private void block(int flags) throws IOException, StreamFault {
        if ((flags & RAM_CONTINUE) == 0) {
            source.skip(source.u8("a RAM block's name"), "a RAM block's name");
        }
    }

    private void blocks(long total) throws IOException, StreamFault {
        if (origin.capabilities().contains("mapped-ram")) {
            throw new StreamFault(
                    source.position(),
                    "the stream has the capability mapped-ram: its pages lie at offsets of the file");
        }
        boolean shared = origin.capabilities().contains("x-ignore-shared");
        long left = total;
        while (left > 0) {
            long at = source.position();
            source.skip(source.u8("the list of RAM blocks"), "the list of RAM blocks");
            long length = source.i64("the list of RAM blocks");
            if (shared) {
                source.skip(8, "the list of RAM blocks");
            }
            left -= length;
            if (length < 0 || left < 0) {
                throw new StreamFault(at, "the RAM blocks are larger together than the RAM");
            }
        }
    }

    private void device(int id, String name, long instance) throws IOException, StreamFault {
        long at = source.position();
        boolean vcpu = name.equals("cpu");
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        while (!atFooter(id)) {
            int next = source.u8("the section of a device");
            if (vcpu) {
                if (++kept > MOST_KEPT || data.size() == VcpuData.LARGEST) {
                    throw new StreamFault(
                            at,
                            "the vCPUs' sections are larger than " + VcpuData.LARGEST + " bytes each or " + MOST_KEPT
                                    + " together");
                }
                if (kept % BLOCK == 1) {
                    // Once as it grows, once more as it is copied.
                    ReadingMemory.take(3 * BLOCK);
                }
                data.write(next);
            }
        }
        footer(id);
        if (vcpu && vcpus.put(instance, new Section(data.toByteArray(), at)) != null) {
            throw new StreamFault(at, "vCPU " + instance + " stands twice");
        }
    }

    private boolean atFooter(int id) throws IOException {
        if (!source.has(5) || source.peekU8(0) != StreamTail.SECTION_FOOTER || source.peekI32(1) != id) {
            return false;
        }
        if (!source.has(6)) {
            return true;
        }
        return switch (source.peekU8(5)) {
            case EOF -> !source.has(7) || source.peekU8(6) == StreamTail.DESCRIPTION;
            case SECTION_START, StreamTail.SECTION_FULL -> aNameStandsAt(10);
            case SECTION_PART, SECTION_END -> ramId != null && source.has(10) && source.peekI32(6) == ramId;
            case COMMAND -> source.has(8) && source.peekU8(6) == 0;
            default -> false;
        };
    }

    private boolean aNameStandsAt(int ahead) throws IOException {
        if (!source.has(ahead + 1)) {
            return false;
        }
        int length = source.peekU8(ahead);
        if (length == 0 || !source.has(ahead + 1 + length)) {
            return false;
        }
        for (int i = 1; i <= length; i++) {
            int character = source.peekU8(ahead + i);
            if (character < ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }

    private void footer(int id) throws IOException, StreamFault {
        long at = source.position();
        if (source.u8("a section's footer") != StreamTail.SECTION_FOOTER || source.i32("a section's footer") != id) {
            throw new StreamFault(at, "the section " + id + " does not end at byte " + at + " with its footer");
        }
    }

    private StreamDescription description() throws IOException, StreamFault {
        long at = source.position();
        if (!source.has(1) || source.u8("the description") != StreamTail.DESCRIPTION) {
            throw new StreamFault(
                    at,
                    "the stream has no description (vmdesc, section 0x06) after its devices, so that what is in them is"
                            + " not known: migrate without the machine property suppress-vmdesc=on");
        }
        int length = source.i32("the description");
        if (length < 2 || length > StreamDescription.LONGEST) {
            throw new StreamFault(
                    at,
                    "the description has " + Integer.toUnsignedString(length) + " bytes; at most "
                            + StreamDescription.LONGEST + " are read");
        }
        long start = source.position();
        byte[] json = new byte[Math.min(length, 1 << 16)];
        for (int done = 0; done < length; ) {
            if (done == json.length) {
                json = Arrays.copyOf(json, (int) Math.min(length, 2L * done));
            }
            byte[] piece = source.bytes(Math.min(json.length - done, 1 << 14), "the description");
            System.arraycopy(piece, 0, json, done, piece.length);
            done += piece.length;
        }
        return StreamDescription.parse(json, start);
    }

    private CaptureReading reading(StreamDescription description) throws StreamFault {
        VcpuData data = new VcpuData(origin);
        for (Device device : description.vcpus()) {
            Section section = vcpus.get(device.instance());
            if (section == null || section.data.length != device.size()) {
                throw new StreamFault(
                        section == null ? source.position() : section.position,
                        "vCPU " + device.instance() + " has " + (section == null ? 0 : section.data.length)
                                + " bytes, but " + device.size() + " by the description at the end of the stream");
            }
            VcpuData.bytesNeeded(device, section.position);
            data.add(device, section.data, section.position);
        }
        return data.reading(source.position());
    }
}
