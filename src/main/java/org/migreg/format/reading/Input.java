package org.migreg.format.reading;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.ReadingMemory;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.format.normal.Characters;
import org.migreg.format.normal.Encodings;
import org.migreg.format.normal.TransferEncoding;

/** The bytes of a file, which are read once, from where it stands; the caller closes it. */
public final class Input {

    /** How much is looked at to recognise a file, in bytes. */
    static final int HEAD = 64 << 10;

    /** How much of a text is looked at where the head does not tell, in bytes. */
    static final int TEXT = 16 << 20;

    private final @Nullable SeekableByteChannel channel;
    private InputStream stream;
    private int seen;

    /** All that is still to be read, where that has been looked at. */
    private byte @Nullable [] whole;

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

    /** Zeros that a text may begin with: the upper bytes of its first letter in UTF-16 or UTF-32. */
    private static final int OF_A_LETTER = 3;

    /** Passes over zeros: a stream may begin at an offset of its file, with a hole before it; no format begins with many zeros. */
    public void skipZeros() throws IOException {
        byte[] block;
        int zeros;
        boolean isFirst = true;
        do {
            block = stream.readNBytes(HEAD);
            zeros = 0;
            while (zeros < block.length && block[zeros] == 0) {
                zeros++;
            }
            if (isFirst && zeros <= OF_A_LETTER) {
                zeros = 0;
            }
            isFirst = false;
        } while (zeros > 0 && zeros == block.length);
        putBack(block, zeros);
    }

    /** What formats may look at before one of them reads. */
    public Head head() throws IOException {
        return new Head(this);
    }

    /** The first bytes, at most so many, which are still to be read. */
    byte[] look(int most) throws IOException {
        byte[] bytes = front(most);
        putBack(bytes, 0);
        whole = bytes.length < most ? bytes : null;
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
     * @param largest in bytes
     * @throws UnreadableCaptureException in the format's name, when it is larger
     */
    public byte[] text(String format, int largest) throws IOException {
        byte[] bytes = whole == null ? front(largest + 1) : whole;
        if (bytes.length > largest) {
            throw new UnreadableCaptureException(
                    format, largest, "such a file has at most " + (largest >> 20) + " MiB; this one is larger");
        }
        return inUtf8(bytes);
    }

    /** The first bytes, at most so many, whose memory is taken when they are read for the first time. */
    private byte[] front(int most) throws IOException {
        ByteArrayOutputStream front = new ByteArrayOutputStream();
        while (front.size() < most) {
            byte[] block = stream.readNBytes(Math.min(HEAD, most - front.size()));
            if (block.length == 0) {
                break;
            }
            if (front.size() + block.length > seen) {
                ReadingMemory.take(ReadingMemory.toParse(block, 0, block.length));
                seen = front.size() + block.length;
            }
            front.write(block, 0, block.length);
        }
        return front.toByteArray();
    }

    /**
     * A text in UTF-8, with its characters as programs print them. JSON stays as it is: a value in it may mean what
     * stands there.
     */
    static byte[] inUtf8(byte[] text) {
        byte[] inUtf8 = Encodings.inUtf8(text);
        String given = new String(inUtf8, StandardCharsets.UTF_8);
        if (Head.isJson(given)) {
            return inUtf8;
        }
        String plain = Characters.plain(TransferEncoding.takenBack(given));
        return plain.equals(given) ? inUtf8 : plain.getBytes(StandardCharsets.UTF_8);
    }
}
