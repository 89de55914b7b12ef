package org.migreg;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes {@code migreg.data-dir} an absolute path, as H2 demands, and the directory itself, only for its owner,
 * where it is missing. One that is there keeps its mode.
 */
final class DataDirectory implements EnvironmentPostProcessor, Ordered {

    static final String PROPERTY = "migreg.data-dir";

    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rwx------");

    /** After the configuration files have been read. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String configured = environment.getProperty(PROPERTY);
        if (configured != null) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "absolute data directory",
                            Map.of(PROPERTY, made(configured).toString())));
        }
    }

    private static Path made(String configured) {
        if (configured.isBlank()) {
            throw new UnusableDataDirectoryException("it is empty", configured);
        }
        if (configured.indexOf(';') >= 0) {
            throw new UnusableDataDirectoryException(
                    "it contains a semicolon, which would end the path in the database's URL", configured);
        }
        try {
            Path directory = Path.of(configured).toAbsolutePath().normalize();
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, ownerAlone());
            }
            if (!Files.isWritable(directory)) {
                throw new UnusableDataDirectoryException("this user may not write to it", directory.toString());
            }
            return directory;
        } catch (InvalidPathException | IOException unusable) {
            throw new UnusableDataDirectoryException("it cannot be made (" + unusable + ")", configured);
        }
    }

    private static FileAttribute<?>[] ownerAlone() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ALONE)}
                : new FileAttribute<?>[0];
    }
}
