package org.migreg.format.migrationstream;

import java.util.ArrayList;
import java.util.List;
import org.migreg.capture.ReadingMemory;

/** The last bytes of an input that cannot be read twice: at most {@value #KEPT}, less for less input. */
final class RecentBytes implements ByteWindow {

    static final int KEPT = 16 << 20;

    private static final int CHUNK = 1 << 16;

    /** A ring once it is full: the byte at offset n lies in chunk (n / CHUNK) mod the number of chunks. */
    private final List<byte[]> chunks = new ArrayList<>();

    private long end;

    void append(byte[] from, int offset, int length) {
        int done = 0;
        while (done < length) {
            int inChunk = (int) (end % CHUNK);
            long index = end / CHUNK;
            if (index == chunks.size() && index < KEPT / CHUNK) {
                ReadingMemory.take(CHUNK);
                chunks.add(new byte[CHUNK]);
            }
            int step = Math.min(length - done, CHUNK - inChunk);
            System.arraycopy(from, offset + done, chunkOf(index), inChunk, step);
            done += step;
            end += step;
        }
    }

    @Override
    public long begin() {
        // The chunk being written has lost its oldest bytes already: what is surely there begins after it.
        return end <= KEPT ? 0 : (end / CHUNK + 1) * CHUNK - KEPT;
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public void read(long position, byte[] into) {
        int done = 0;
        while (done < into.length) {
            int inChunk = (int) ((position + done) % CHUNK);
            int step = Math.min(into.length - done, CHUNK - inChunk);
            System.arraycopy(chunkOf((position + done) / CHUNK), inChunk, into, done, step);
            done += step;
        }
    }

    private byte[] chunkOf(long index) {
        return chunks.get((int) (index % (KEPT / CHUNK)));
    }
}
