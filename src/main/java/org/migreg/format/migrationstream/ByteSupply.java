package org.migreg.format.migrationstream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Where the bytes of a walk come from, front to back. */
interface ByteSupply {

    /** At least one byte, or -1 at the end, as {@link InputStream#read(byte[], int, int)}. */
    int read(byte[] into, int offset, int length) throws IOException;

    /** Passes over up to so many bytes without reading them; 0 where that is impossible. */
    long pass(long count) throws IOException;

    static ByteSupply of(SeekableByteChannel channel) {
        return new ByteSupply() {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return channel.read(ByteBuffer.wrap(into, offset, length));
            }

            @Override
            public long pass(long count) throws IOException {
                long passed = Math.clamp(channel.size() - channel.position(), 0, count);
                channel.position(channel.position() + passed);
                return passed;
            }
        };
    }

    static ByteSupply of(InputStream input, RecentBytes recent) {
        return new ByteSupply() {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = input.read(into, offset, length);
                if (count > 0) {
                    recent.append(into, offset, count);
                }
                return count;
            }

            @Override
            public long pass(long count) {
                return 0;
            }
        };
    }
}
