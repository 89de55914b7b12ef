package org.migreg.dashboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/** One address in front of several instances, each of which gets every so manieth request; it changes nothing of them. */
final class AlternatingProxy implements AutoCloseable {

    private final ServerSocket server;
    private final List<URI> instances;
    private final AtomicIntegerArray requests;
    private int next;

    AlternatingProxy(List<String> instances) throws IOException {
        this.instances = instances.stream().map(URI::create).toList();
        requests = new AtomicIntegerArray(instances.size());
        server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    List<Integer> requestsOfEach() {
        return IntStream.range(0, requests.length()).mapToObj(requests::get).toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                int instance = next++ % instances.size();
                requests.incrementAndGet(instance);
                Thread.ofVirtual().start(() -> pass(client, instances.get(instance)));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void pass(Socket client, URI instance) {
        try (client;
                Socket service = new Socket(instance.getHost(), instance.getPort())) {
            InputStream in = client.getInputStream();
            OutputStream out = service.getOutputStream();
            // A connection has one request, so that the next one goes elsewhere.
            out.write(head(in).replaceFirst("(?i)\r\nConnection: [^\r]*", "")
                    .replaceFirst("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            Thread.ofVirtual().start(() -> copy(in, out));
            copy(service.getInputStream(), client.getOutputStream());
        } catch (IOException gone) {
            // Either side may leave.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int end = 0;
        while (end < 4) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("cut off");
            }
            head.write(c);
            end = c == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : c == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void copy(InputStream in, OutputStream out) {
        try {
            in.transferTo(out);
        } catch (IOException gone) {
            // Either side may leave.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
