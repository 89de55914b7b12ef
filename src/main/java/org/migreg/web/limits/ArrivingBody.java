package org.migreg.web.limits;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.coyote.BadRequestException;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.problem.ProblemType;

/**
 * The body of a request, as it comes in. Nothing of it is read before it is admitted, which is after it is known who
 * sends it; then it is read ahead, so that work begins when it is there, and its client is held to the least rate.
 */
final class ArrivingBody implements InputBuffer {

    private static final String PARTS = "multipart/";
    private static final int BLOCK = 64 << 10;
    private static final int FIRST_BLOCK = 4 << 10;

    /** How much of a file is there before work on it begins. */
    private static final int OF_A_FILE = 256 << 10;

    /** What tells how much memory the rest of a body will take. */
    private static final int SAMPLE = 64 << 10;

    private static final long MOST_PASSED_OVER = 128 << 20;
    private static final Duration PASSING_OVER = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Connection connection;
    private final MemoryBudget.Share share;
    private final Request request;
    private final InputBuffer arriving;
    private final long patience;
    private final Received received = new Received();
    private final Deque<ByteBuffer> ahead = new ArrayDeque<>();
    private long most;
    private String tooLarge = "";
    private long read;
    private boolean isReadingAhead;
    private boolean isComplete;
    private @Nullable RefusedRequestException refusal;

    ArrivingBody(
            Connection connection, MemoryBudget.Share share, Request request, InputBuffer arriving, long patience) {
        this.connection = connection;
        this.share = share;
        this.request = request;
        this.arriving = arriving;
        this.patience = patience;
    }

    /** Bytes lie where they were received, until the next are. */
    private static final class Received implements ApplicationBufferHandler {
        private ByteBuffer bytes = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            bytes = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return bytes;
        }

        @Override
        public void expand(int size) {
            // What is received stays in the buffer of the connection.
        }
    }

    /** Whether nothing of it can still come. */
    boolean isComplete() {
        return isComplete || request.getContentLengthLong() == 0 || !isAnnounced();
    }

    private boolean isAnnounced() {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /** Why it was not read to its end. */
    @Nullable
    RefusedRequestException refusal() {
        return refusal;
    }

    /**
     * Lets it in and reads it, all of it where it is not a stream.
     *
     * @throws RefusedRequestException when it is too large, too slow, cut off, or there is no room for it
     */
    void admit(BodyLimits.Limit limit) throws IOException {
        most = limit.bytes();
        tooLarge = limit.exceeded();
        if (request.getContentLengthLong() > most) {
            throw refused(ProblemType.BODY_TOO_LARGE, tooLarge);
        }
        if (isComplete()) {
            return;
        }
        isReadingAhead = true;
        try {
            readAhead(limit);
        } finally {
            isReadingAhead = false;
        }
    }

    private void readAhead(BodyLimits.Limit limit) throws IOException {
        boolean isFile = limit.content() == BodyLimits.Content.FILE;
        // Of a file the rest is read as it comes.
        Room room = new Room(isFile ? OF_A_FILE : request.getContentLengthLong());
        @Nullable ByteBuffer block = null;
        while (!(isFile && read >= OF_A_FILE) && request.doRead(received) >= 0) {
            ByteBuffer bytes = received.bytes;
            room.need(limit.content().memory(bytes));
            while (bytes.hasRemaining()) {
                if (block == null || !block.hasRemaining()) {
                    block = ByteBuffer.allocate(ahead.isEmpty() ? FIRST_BLOCK : BLOCK);
                    ahead.add(block);
                }
                ByteBuffer part = bytes.slice(bytes.position(), Math.min(bytes.remaining(), block.remaining()));
                bytes.position(bytes.position() + part.remaining());
                block.put(part);
            }
        }
        room.end();
        ahead.forEach(ByteBuffer::flip);
    }

    /** The memory for a body that is read ahead. */
    private final class Room {

        private long needed;
        private long taken;
        private final long length;
        private boolean isForAll;

        /**
         * @param length of what is read; negative where it is not known
         */
        Room(long length) {
            this.length = length;
        }

        /** More is needed. */
        void need(long bytes) throws RefusedRequestException {
            needed += bytes;
            if (needed <= taken) {
                return;
            }
            long wanted = needed;
            if (!isForAll && read >= SAMPLE) {
                // Of many large bodies some shall be read to their end rather than all to their middle.
                wanted = Math.max(needed, (long) ((double) needed / read * length));
                isForAll = true;
            }
            share.take(wanted - taken);
            taken = wanted;
        }

        void end() {
            share.giveBack(taken - needed);
        }
    }

    @Override
    public int doRead(ApplicationBufferHandler handler) throws IOException {
        if (most == 0) {
            return -1;
        }
        if (!isReadingAhead) {
            ByteBuffer next = ahead.poll();
            if (next != null) {
                handler.setByteBuffer(next);
                return next.remaining();
            }
        }
        int count = isComplete ? -1 : receive(handler);
        if (count < 0 && !isReadingAhead && read > 0 && isOfParts()) {
            // Whoever reads parts stops at the last boundary, not at the end of the body.
            throw refused(
                    ProblemType.MALFORMED_REQUEST,
                    "the body ends before its parts do: send all of it, and behind the last part the boundary that its"
                            + " Content-Type names, with -- before and behind it");
        }
        return count;
    }

    private boolean isOfParts() {
        String type = request.getContentType();
        return type != null && type.regionMatches(true, 0, PARTS, 0, PARTS.length());
    }

    private int receive(ApplicationBufferHandler handler) throws IOException {
        try {
            int count = connection.await(() -> arriving.doRead(handler), bytes -> Math.max(bytes, 0));
            isComplete = count < 0;
            read += Math.max(count, 0);
            if (read > most) {
                throw refused(ProblemType.BODY_TOO_LARGE, tooLarge);
            }
            if (connection.behind() > patience) {
                throw tooSlow();
            }
            return count;
        } catch (SocketTimeoutException nothingCame) {
            throw tooSlow();
        } catch (EOFException cutOff) {
            throw refused(
                    ProblemType.MALFORMED_REQUEST,
                    "the body ends after " + read + " bytes, before it is complete: send all of it");
        } catch (BadRequestException malformed) {
            throw refused(
                    ProblemType.MALFORMED_REQUEST, "the body's chunks cannot be told apart: " + malformed.getMessage());
        }
    }

    private RefusedRequestException tooSlow() {
        return refused(
                ProblemType.REQUEST_TOO_SLOW,
                "the body came too slowly, " + read + " bytes so far: send it without pauses");
    }

    private RefusedRequestException refused(ProblemType type, String message) {
        RefusedRequestException refused = new RefusedRequestException(type, message);
        refusal = refused;
        return refused;
    }

    @Override
    public int available() {
        ByteBuffer next = ahead.peek();
        return next != null ? next.remaining() : most == 0 ? 0 : arriving.available();
    }

    /** Throws away what still comes at once, so that the client reads the answer before its connection ends. */
    void passOver() throws IOException {
        ahead.clear();
        boolean isSlow = refusal != null && refusal.type() == ProblemType.REQUEST_TOO_SLOW;
        long deadline = System.nanoTime() + (isSlow ? PAUSE : PASSING_OVER).toNanos();
        long left = MOST_PASSED_OVER;
        long usual = connection.readTimeout(PAUSE.toMillis());
        try {
            while (left > 0 && !isComplete && System.nanoTime() < deadline) {
                int count = connection.await(() -> arriving.doRead(received), got -> Math.max(got, 0));
                isComplete = count < 0;
                left -= count;
            }
        } finally {
            connection.readTimeout(usual);
        }
    }
}
