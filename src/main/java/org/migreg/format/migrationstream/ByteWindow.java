package org.migreg.format.migrationstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** The end of a stream, or all of it, by offset from the stream's start. */
interface ByteWindow {

    /** The offset of the first byte that is there. */
    long begin();

    /** The offset after the last byte. */
    long end();

    /** Fills the array with the bytes from this offset on, all of which lie in the window. */
    void read(long position, byte[] into) throws IOException;

    static ByteWindow of(SeekableByteChannel channel, long start, long size) {
        return new ByteWindow() {
            @Override
            public long begin() {
                return 0;
            }

            @Override
            public long end() {
                return size;
            }

            @Override
            public void read(long position, byte[] into) throws IOException {
                channel.position(start + position);
                ByteBuffer buffer = ByteBuffer.wrap(into);
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer) < 0) {
                        throw new IOException("the file became shorter while it was read");
                    }
                }
            }
        };
    }
}
