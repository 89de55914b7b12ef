package org.migreg.format.migrationstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The streams in {@code src/test/resources/streams}, and channels over bytes. */
final class SampleStreams {

    static final String FOUR_VCPUS = "tcg-qemu7.2-virt-7.2-max-4-vcpus.mig";
    static final String COMPRESSED_PAGES = "tcg-qemu7.2-virt-7.2-cortex-a57-compressed-pages.mig";
    static final String IGNORE_SHARED = "tcg-qemu7.2-virt-7.2-cortex-a57-ignore-shared.mig";
    static final String SUPPRESSED_VMDESC = "tcg-qemu7.2-virt-7.2-cortex-a57-suppressed-vmdesc.mig";
    static final String KVM = "kvm-linux6.18.15-qemu11.1.3-virt-11.1-neoverse-v1.mig";

    private SampleStreams() {}

    static byte[] bytes(String name) {
        try (InputStream packed = resource(name + ".gz");
                GZIPInputStream input = new GZIPInputStream(packed)) {
            return input.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Integer> expectedCounts() {
        try (InputStream input = resource("expected-counts.json")) {
            JsonNode tree = JsonMapper.shared().readTree(input);
            Map<String, Integer> counts = new TreeMap<>();
            tree.propertyStream()
                    .forEach(e -> counts.put(e.getKey(), e.getValue().asInt()));
            return counts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(SampleStreams.class.getResourceAsStream("/streams/" + name), name);
    }

    /** Where the devices' sections begin in a sample: after the footer of the last section of RAM. */
    static int endOfRam(byte[] stream) {
        byte[] firstDevice = {4, 0, 0, 0};
        for (int i = stream.length - firstDevice.length; i > 5; i--) {
            if (stream[i] == 4
                    && stream[i + 1] == 0
                    && stream[i + 2] == 0
                    && stream[i + 3] == 0
                    && stream[i - 5] == 0x7e
                    && stream[i - 10] == 0
                    && stream[i - 6] == 0x10) {
                return i;
            }
        }
        throw new IllegalArgumentException("no device follows RAM");
    }

    static SeekableByteChannel channel(byte[] bytes) {
        return new SeekableByteChannel() {

            private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

            @Override
            public int read(ByteBuffer into) {
                if (!buffer.hasRemaining()) {
                    return into.hasRemaining() ? -1 : 0;
                }
                int count = Math.min(buffer.remaining(), into.remaining());
                into.put(buffer.slice(buffer.position(), count));
                buffer.position(buffer.position() + count);
                return count;
            }

            @Override
            public int write(ByteBuffer from) {
                throw new UnsupportedOperationException();
            }

            @Override
            public long position() {
                return buffer.position();
            }

            @Override
            public SeekableByteChannel position(long position) {
                buffer.position((int) Math.min(position, buffer.limit()));
                return this;
            }

            @Override
            public long size() {
                return buffer.limit();
            }

            @Override
            public SeekableByteChannel truncate(long size) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }
}
