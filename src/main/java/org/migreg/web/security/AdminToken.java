package org.migreg.web.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/**
 * The first administrator's token. The first start leaves it in {@code <data dir>/admin-token}, readable only by the owner;
 * whoever may read that file is an administrator. 256 random bits, base64url. Made after the tables: where it is, there has
 * been a database. Whoever puts another one into the file has rotated it: it is read again when it has changed, within a
 * second, and what it was before is no longer taken.
 */
@Component
@DependsOnDatabaseInitialization
public class AdminToken {

    private static final Logger LOG = LoggerFactory.getLogger(AdminToken.class);
    private static final int BYTES = 32;
    private static final int SHORTEST = 20;
    private static final Duration LOOKED_AT = Duration.ofSeconds(1);

    private final Path file;
    private volatile Content content;
    private volatile long lookedAt;

    /** What stood in the file: the token's SHA-256, never the token. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
    private record Content(FileTime changed, byte[] hash) {}

    AdminToken(@Value("${migreg.data-dir}") Path dataDirectory) {
        file = dataDirectory.toAbsolutePath().normalize().resolve("admin-token");
        try {
            Files.createDirectories(file.getParent());
            if (create(file)) {
                LOG.info("The first administrator's token is in {}", file);
            }
            Content read = read();
            if (read == null) {
                throw new IllegalStateException(file + " holds no token of at least " + SHORTEST
                        + " characters: delete it, and the next start makes a new one");
            }
            content = read;
            lookedAt = System.nanoTime();
        } catch (IOException unusable) {
            throw new UncheckedIOException("cannot keep the administrator's token in " + file, unusable);
        }
    }

    private static boolean create(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
        try (var channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            return true;
        } catch (FileAlreadyExistsException keptFromBefore) {
            return false;
        }
    }

    /** Null where it holds no token. */
    private @Nullable Content read() throws IOException {
        FileTime changed = Files.getLastModifiedTime(file);
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        return text.length() < SHORTEST ? null : new Content(changed, hash(text));
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every JDK has SHA-256", absent);
        }
    }

    private Content current() {
        Content known = content;
        long now = System.nanoTime();
        if (now - lookedAt > LOOKED_AT.toNanos()) {
            lookedAt = now;
            try {
                if (!Files.getLastModifiedTime(file).equals(known.changed())) {
                    Content read = read();
                    if (read == null) {
                        LOG.warn("{} holds no token of at least {} characters; the one before stays", file, SHORTEST);
                    } else {
                        LOG.info("The first administrator's token has changed");
                        content = read;
                        return read;
                    }
                }
            } catch (NoSuchFileException removed) {
                LOG.debug("{} is gone; the token that was in it stays until the next start", file);
            } catch (IOException unreadable) {
                LOG.warn("cannot look at {}; the token that was in it stays", file, unreadable);
            }
        }
        return known;
    }

    /** Whether this is the token; takes as long whatever is wrong with it. */
    public boolean is(String given) {
        return MessageDigest.isEqual(current().hash(), hash(given));
    }

    /** Tells this token from those before and after it; no secret. */
    String evidence() {
        return HexFormat.of().formatHex(current().hash()).substring(0, 16);
    }
}
