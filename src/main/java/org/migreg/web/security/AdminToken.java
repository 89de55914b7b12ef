package org.migreg.web.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/**
 * The bearer token that writes need. The first start leaves it in {@code <data dir>/admin-token},
 * readable only by the owner; whoever may read that file is the administrator. 256 random bits,
 * base64url. Made after the tables: where it is, there has been a database.
 */
@Component
@DependsOnDatabaseInitialization
public class AdminToken {

    private static final Logger LOG = LoggerFactory.getLogger(AdminToken.class);
    private static final int BYTES = 32;

    private final byte[] token;

    AdminToken(@Value("${migreg.data-dir}") Path dataDirectory) {
        Path file = dataDirectory.toAbsolutePath().normalize().resolve("admin-token");
        try {
            Files.createDirectories(file.getParent());
            if (create(file)) {
                LOG.info("Writes need the bearer token in {}", file);
            }
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            if (text.length() < 20) {
                throw new IllegalStateException(file
                        + " holds no token of at least 20 characters: delete it, and the next start makes a new one");
            }
            token = text.getBytes(StandardCharsets.US_ASCII);
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
            channel.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            return true;
        } catch (FileAlreadyExistsException keptFromBefore) {
            return false;
        }
    }

    /** Whether this is the token; takes as long whatever is wrong with it. */
    public boolean is(String given) {
        return MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
    }
}
