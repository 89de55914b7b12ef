package org.migreg.format.migrationstream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.reading.CaptureFormat;
import org.migreg.format.reading.FileContent;
import org.migreg.format.reading.Head;
import org.migreg.format.reading.Input;

/**
 * Reads QEMU's migration stream (file version 3), as {@code migrate file:} and {@code migrate
 * exec:cat} write it: every vCPU's register list with values, and the machine type. QEMU's own
 * version and the CPU model are not in a stream; the accelerator is told where the list shows it.
 *
 * <p>How RAM was written does not matter (zero, plain, XBZRLE or compressed pages, mapped-ram), as
 * the lists are found from the description (vmdesc) at the stream's end; a stream without one is
 * refused. Memory stays below 50 MiB whatever the stream's size, and in proportion to the size of
 * smaller ones.
 *
 * <p>Source of the layout: QEMU {@code migration/savevm.c}, {@code vmstate.c}, {@code ram.c}; of the
 * vCPUs' data {@code target/arm/machine.c}.
 */
public final class MigrationStreamReader implements CaptureFormat {

    /** The name of the format in readings and errors. */
    public static final String FORMAT = "qemu-migration-stream";

    @Override
    public String name() {
        return FORMAT;
    }

    @Override
    public String files() {
        return "QEMU migration streams";
    }

    /** Whether it is a migration stream, of whatever file version. */
    @Override
    public boolean recognises(Head head) {
        return head.beginsWith("QEVM");
    }

    @Override
    public FileContent read(Input file) throws IOException {
        SeekableByteChannel channel = file.channel();
        return new FileContent.Captures(FORMAT, channel == null ? read(file.stream()) : read(channel));
    }

    /**
     * Reads a stream that stands in a file from the channel's position to its end, without reading
     * its RAM: the time does not grow with the stream. Leaves the channel anywhere.
     *
     * @throws UnreadableCaptureException when it is not such a stream; positions count from the
     *     stream's start
     * @throws IOException when the channel fails
     */
    public CaptureReading read(SeekableByteChannel channel) throws IOException {
        long start = channel.position();
        try {
            StreamOrigin origin = StreamOrigin.read(new ByteSource(ByteSupply.of(channel)));
            try {
                return new StreamTail(ByteWindow.of(channel, start, channel.size() - start)).read(origin);
            } catch (StreamTail.Unsuitable e) {
                channel.position(start);
                ByteSource source = new ByteSource(ByteSupply.of(channel));
                try {
                    return walk(source, StreamOrigin.read(source));
                } catch (StreamFault fault) {
                    throw e.reasonOr(fault);
                }
            }
        } catch (StreamFault fault) {
            throw unreadable(fault);
        }
    }

    /**
     * Reads a stream front to back. One whose sections cannot be followed (mapped-ram, VFIO, RDMA) is
     * read to its end, and the lists are found in its last 16 MiB.
     *
     * @throws UnreadableCaptureException when it is not such a stream
     * @throws IOException when the input fails
     */
    public CaptureReading read(InputStream input) throws IOException {
        RecentBytes recent = new RecentBytes();
        ByteSource source = new ByteSource(ByteSupply.of(input, recent));
        try {
            StreamOrigin origin = StreamOrigin.read(source);
            try {
                return walk(source, origin);
            } catch (StreamFault fault) {
                source.drain();
                try {
                    return new StreamTail(recent).read(origin);
                } catch (StreamTail.Unsuitable e) {
                    throw e.reasonOr(fault);
                }
            }
        } catch (StreamFault fault) {
            throw unreadable(fault);
        }
    }

    private static CaptureReading walk(ByteSource source, StreamOrigin origin) throws IOException, StreamFault {
        if (!origin.walkable()) {
            throw new StreamFault(
                    source.position(),
                    "the configuration section has a subsection of unknown size, and there is no description (vmdesc) at"
                            + " the end of the stream");
        }
        return new SectionWalk(source, origin).read();
    }

    private static UnreadableCaptureException unreadable(StreamFault fault) {
        return new UnreadableCaptureException(FORMAT, fault.position(), fault.sentence());
    }
}
