package org.migreg.format.migrationstream;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** Pages of guest RAM as a stream has them, made while they are read: a word of address and flags, then 4,096 bytes. */
final class RepeatedPages extends InputStream {

    private static final int PAGE = 4096;
    private static final int FLAG_PAGE = 0x08;
    private static final int FLAG_CONTINUE = 0x20;

    private final byte[] page = ByteBuffer.allocate(8 + PAGE)
            .putLong(0x4000_0000L | FLAG_PAGE | FLAG_CONTINUE)
            .array();
    private long left;

    RepeatedPages(long pages) {
        left = pages * page.length;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (left == 0) {
            return -1;
        }
        int at = (int) ((page.length - left % page.length) % page.length);
        int count = (int) Math.min(Math.min(length, page.length - at), left);
        System.arraycopy(page, at, into, offset, count);
        left -= count;
        return count;
    }
}
