package org.migreg.format.migrationstream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Big-endian numbers from a supply, front to back, in constant memory; the end of input is a fault. */
final class ByteSource {

    private final ByteSupply supply;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int limit;
    private long passed;

    ByteSource(ByteSupply supply) {
        this.supply = supply;
    }

    /** The offset of the next byte from the start of the stream. */
    long position() {
        return passed + at;
    }

    /** Whether so many bytes are left; at most the buffer's size may be asked for. */
    boolean has(int count) throws IOException {
        if (limit - at >= count) {
            return true;
        }
        System.arraycopy(buffer, at, buffer, 0, limit - at);
        passed += at;
        limit -= at;
        at = 0;
        while (limit < count) {
            int read = supply.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                return false;
            }
            limit += read;
        }
        return true;
    }

    /** The byte so far ahead, which {@link #has} has promised. */
    int peekU8(int ahead) {
        return buffer[at + ahead] & 0xff;
    }

    /** The number so far ahead, whose four bytes {@link #has} has promised. */
    int peekI32(int ahead) {
        return peekU8(ahead) << 24 | peekU8(ahead + 1) << 16 | peekU8(ahead + 2) << 8 | peekU8(ahead + 3);
    }

    int u8(String what) throws IOException, StreamFault {
        require(1, what);
        return buffer[at++] & 0xff;
    }

    int u16(String what) throws IOException, StreamFault {
        return u8(what) << 8 | u8(what);
    }

    int i32(String what) throws IOException, StreamFault {
        require(4, what);
        int value = peekI32(0);
        at += 4;
        return value;
    }

    long i64(String what) throws IOException, StreamFault {
        return (long) i32(what) << 32 | i32(what) & 0xffff_ffffL;
    }

    /** At most 65,536 bytes. */
    byte[] bytes(int count, String what) throws IOException, StreamFault {
        require(count, what);
        byte[] copy = new byte[count];
        System.arraycopy(buffer, at, copy, 0, count);
        at += count;
        return copy;
    }

    /** A text that has its length in the byte before it. */
    String text(String what) throws IOException, StreamFault {
        return new String(bytes(u8(what), what), StandardCharsets.UTF_8);
    }

    void skip(long count, String what) throws IOException, StreamFault {
        long left = count;
        while (left > 0) {
            if (at == limit) {
                passed += at;
                at = 0;
                limit = 0;
                long leapt = supply.pass(left);
                passed += leapt;
                left -= leapt;
                if (left == 0) {
                    return;
                }
                require(1, what);
            }
            int step = (int) Math.min(left, limit - at);
            at += step;
            left -= step;
        }
    }

    /** Reads the rest of the input and forgets it. */
    void drain() throws IOException {
        while (has(1)) {
            at = limit;
        }
    }

    private void require(int count, String what) throws IOException, StreamFault {
        if (!has(count)) {
            throw new StreamFault(
                    position() + limit - at,
                    "the stream ends at byte " + (position() + limit - at) + " inside " + what
                            + ": it is incomplete; give the whole file");
        }
    }
}
