package org.migreg.format.reading;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.ReadingMemory;
import org.migreg.capture.UnreadableCaptureException;

/** The bytes of a file, which are read once, from where it stands; the caller closes it. */
public final class Input {

    /** How much is looked at to recognise a file, in bytes. */
    static final int HEAD = 64 << 10;

    /** The largest text or JSON in bytes; what is read as it comes has no such bound. */
    static final int LARGEST_TEXT = 16 << 20;

    private final @Nullable SeekableByteChannel channel;
    private InputStream stream;

    private Input(InputStream stream, @Nullable SeekableByteChannel channel) {
        this.stream = stream;
        this.channel = channel;
    }

    public static Input of(InputStream stream) {
        return new Input(stream, null);
    }

    /** From the channel's position to its end. */
    public static Input of(SeekableByteChannel channel) {
        return new Input(Channels.newInputStream(channel), channel);
    }

    /** Passes over zeros: a stream may begin at an offset of its file, with a hole before it; no format begins with zeros. */
    public void skipZeros() throws IOException {
        byte[] block;
        int zeros;
        do {
            block = stream.readNBytes(HEAD);
            zeros = 0;
            while (zeros < block.length && block[zeros] == 0) {
                zeros++;
            }
        } while (zeros > 0 && zeros == block.length);
        putBack(block, zeros);
    }

    /** What formats may look at before one of them reads. */
    public Head head() throws IOException {
        return new Head(this);
    }

    /** The first bytes, at most so many, which are still to be read. */
    byte[] look(int most) throws IOException {
        byte[] bytes = read(most, block -> most <= HEAD ? 0 : ReadingMemory.toParse(block.length));
        putBack(bytes, 0);
        return bytes;
    }

    private void putBack(byte[] bytes, int from) throws IOException {
        if (channel == null) {
            stream = new SequenceInputStream(new ByteArrayInputStream(bytes, from, bytes.length - from), stream);
        } else {
            channel.position(channel.position() - (bytes.length - from));
        }
    }

    /** The rest of the file, front to back. */
    public InputStream stream() {
        return stream;
    }

    /** The file as a channel, at the place where {@link #stream} stands; null where it cannot be sought in. */
    public @Nullable SeekableByteChannel channel() {
        return channel;
    }

    /**
     * All of a text in UTF-8, without a byte order mark.
     *
     * @throws UnreadableCaptureException when it is longer than texts are read
     */
    public byte[] text() throws IOException {
        byte[] bytes = read(LARGEST_TEXT + 1, block -> ReadingMemory.toParse(block, 0, block.length));
        if (bytes.length > LARGEST_TEXT) {
            throw new UnreadableCaptureException(
                    "unknown", LARGEST_TEXT, "a text or JSON of captures has at most 16 MiB; this one is larger");
        }
        return inUtf8(bytes);
    }

    /** At most so many bytes, as long as there is the memory that each block of them takes. */
    private byte[] read(int most, ToLongFunction<byte[]> memory) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (read.size() < most) {
            byte[] block = stream.readNBytes(Math.min(HEAD, most - read.size()));
            if (block.length == 0) {
                break;
            }
            ReadingMemory.take(memory.applyAsLong(block));
            read.write(block, 0, block.length);
        }
        return read.toByteArray();
    }

    /** A text without the byte order mark that Windows' tools put in front; they also write UTF-16. */
    static byte[] inUtf8(byte[] text) {
        int first = text.length < 2 ? 0 : (text[0] & 0xff) << 8 | text[1] & 0xff;
        if (first == 0xfeff || first == 0xfffe) {
            return new String(text, StandardCharsets.UTF_16).getBytes(StandardCharsets.UTF_8);
        }
        boolean marked = first == 0xefbb && text.length > 2 && (text[2] & 0xff) == 0xbf;
        return marked ? Arrays.copyOfRange(text, 3, text.length) : text;
    }
}
