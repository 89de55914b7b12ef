package org.migreg.format.packed;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.ReadingMemory;
import org.tukaani.xz.XZInputStream;

/**
 * The unpacked bytes of a compressed stream. Whatever a decoder throws comes out as a {@link
 * CannotUnpackException}; more than {@value #MOST_TIMES} times what was packed is refused, from {@value
 * #FREELY} bytes on, since a small file could else keep a reader busy for hours.
 */
final class Expansion extends InputStream {

    static final int MOST_TIMES = 400;
    static final int FREELY = 256 << 20;

    /** Enough for all presets of xz up to 8, whose dictionary has 32 MiB. */
    private static final int XZ_MEMORY_KIB = 40 << 10;

    /** 8 MiB, what zstd uses up to level 19. */
    private static final int ZSTD_WINDOW_LOG = 23;

    /** Four bytes for each of the 900,000 of its largest block, and the block. */
    private static final long BZIP2_MEMORY = 5 << 20;

    private final CountedInput packed;
    private final InputStream decoder;
    private long unpacked;

    private Expansion(CountedInput packed, InputStream decoder) {
        this.packed = packed;
        this.decoder = decoder;
    }

    static Expansion of(InputStream input, Packing packing) throws IOException {
        ReadingMemory.take(decoderMemory(packing));
        CountedInput packed = new CountedInput(new BufferedInputStream(input, 1 << 16));
        try {
            return new Expansion(
                    packed,
                    switch (packing) {
                        case GZIP -> new GZIPInputStream(packed, 1 << 16);
                        case BZIP2 -> new BZip2CompressorInputStream(packed, true);
                        case XZ -> new XZInputStream(packed, XZ_MEMORY_KIB);
                        case ZSTD -> new ZstdInputStream(packed).setLongMax(ZSTD_WINDOW_LOG);
                        case LZOP, LZ4, ZIP, SEVEN_ZIP ->
                            throw new CannotUnpackException(
                                    "it is compressed with " + packing
                                            + ", which is not supported: unpack it first, or take one of "
                                            + Packing.names(),
                                    null);
                    });
        } catch (IOException | RuntimeException e) {
            throw packed.failureOr(e);
        } catch (LinkageError e) {
            // zstd's decoder is native; a temporary directory mounted noexec keeps it from being loaded.
            throw new CannotUnpackException("zstd's library does not load on this host", e);
        }
    }

    /** What the decoder keeps of what it has unpacked, in bytes. */
    private static long decoderMemory(Packing packing) {
        return switch (packing) {
            case XZ -> (long) XZ_MEMORY_KIB << 10;
            case ZSTD -> 1L << ZSTD_WINDOW_LOG;
            case BZIP2 -> BZIP2_MEMORY;
            case GZIP, LZOP, LZ4, ZIP, SEVEN_ZIP -> 0;
        };
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count;
        try {
            count = decoder.read(into, offset, length);
        } catch (IOException | RuntimeException e) {
            throw packed.failureOr(e);
        }
        if (count > 0) {
            unpacked += count;
            if (unpacked > FREELY && unpacked / MOST_TIMES > packed.count) {
                throw new CannotUnpackException("it unpacks to more than " + MOST_TIMES + " times its size", null);
            }
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        decoder.close();
    }

    /** Counts, remembers how the input failed, and leaves it open. */
    private static final class CountedInput extends FilterInputStream {

        private long count;
        private @Nullable IOException failure;

        CountedInput(InputStream input) {
            super(input);
        }

        IOException failureOr(Exception ofTheDecoder) {
            if (failure != null) {
                return failure;
            }
            return ofTheDecoder instanceof CannotUnpackException told
                    ? told
                    : new CannotUnpackException(ofTheDecoder.getMessage(), ofTheDecoder);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int read = super.read(into, offset, length);
                count += Math.max(read, 0);
                return read;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        /** The input is the caller's. */
        @Override
        public void close() {}
    }
}
