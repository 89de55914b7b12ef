package org.migreg.api.limits;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.apache.catalina.connector.ClientAbortException;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is held until it is complete, and then sent: what it was made of is free again, however slowly its
 * client reads. One for which there is no room is sent as it is made.
 */
final class HeldAnswer extends HttpServletResponseWrapper {

    private static final int BLOCK = 64 << 10;

    /** After each, the client's rate is looked at. */
    private static final int PIECE = 16 << 10;

    private final Connection connection;
    private final MemoryBudget.Share share;
    private final long patience;
    private final Deque<ByteBuffer> held = new ArrayDeque<>();
    private final Output output = new Output();
    private @Nullable PrintWriter writer;
    private boolean isSending;

    HeldAnswer(HttpServletResponse response, Connection connection, MemoryBudget.Share share, long patience) {
        super(response);
        this.connection = connection;
        this.share = share;
        this.patience = patience;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return output;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            String encoding = Objects.requireNonNullElse(getCharacterEncoding(), "UTF-8");
            writer = new PrintWriter(new OutputStreamWriter(output, Charset.forName(encoding)));
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        if (isSending) {
            super.flushBuffer();
        }
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        forget();
    }

    @Override
    public void reset() {
        super.reset();
        forget();
    }

    @Override
    public void sendError(int status) throws IOException {
        super.sendError(status);
        forget();
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        super.sendError(status, message);
        forget();
    }

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        super.sendRedirect(location, status, clearBuffer);
        forget();
    }

    private void forget() {
        share.giveBack(held());
        held.clear();
        writer = null;
    }

    /** How much memory it holds. */
    long held() {
        return (long) BLOCK * held.size();
    }

    /** Sends what is held; from now on is sent what comes. */
    void send() throws IOException {
        if (writer != null) {
            writer.flush();
        }
        if (!isSending) {
            long length = held.stream().mapToLong(ByteBuffer::position).sum();
            if (length > 0 && !isCommitted()) {
                setContentLengthLong(length);
            }
        }
        sendHeld();
    }

    @SuppressWarnings("ByteBufferBackingArray") // Each block was allocated here.
    private void sendHeld() throws IOException {
        isSending = true;
        for (ByteBuffer block = held.poll(); block != null; block = held.poll()) {
            for (int at = 0; at < block.position(); at += PIECE) {
                sendNow(block.array(), at, Math.min(PIECE, block.position() - at));
            }
            share.giveBack(BLOCK);
        }
    }

    private void sendNow(byte[] bytes, int offset, int length) throws IOException {
        connection.await(
                () -> {
                    super.getOutputStream().write(bytes, offset, length);
                    return length;
                },
                sent -> sent);
        if (connection.behind() > patience) {
            throw new ClientAbortException("the client takes the answer too slowly");
        }
    }

    private boolean hold(byte[] bytes, int offset, int length) {
        int done = 0;
        while (done < length) {
            ByteBuffer last = held.peekLast();
            if (last == null || !last.hasRemaining()) {
                if (!share.tryTake(BLOCK)) {
                    return false;
                }
                last = ByteBuffer.allocate(BLOCK);
                held.add(last);
            }
            int part = Math.min(length - done, last.remaining());
            last.put(bytes, offset + done, part);
            done += part;
        }
        return true;
    }

    private final class Output extends ServletOutputStream {

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int before = isSending ? 0 : heldBytes();
            if (isSending) {
                sendNow(bytes, offset, length);
            } else if (!hold(bytes, offset, length)) {
                int done = heldBytes() - before;
                sendHeld();
                sendNow(bytes, offset + done, length - done);
            }
        }

        private int heldBytes() {
            ByteBuffer last = held.peekLast();
            return last == null ? 0 : Math.multiplyExact(BLOCK, held.size() - 1) + last.position();
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("answers are written at once");
        }
    }
}
