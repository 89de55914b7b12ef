package org.migreg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Where the data lie, whatever the user writes. */
class DataDirectoryTests {

    @TempDir
    private Path parent;

    private static String resolved(String configured) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of("migreg.data-dir", configured)));
        new DataDirectory().postProcessEnvironment(environment, new SpringApplication());
        return environment.getRequiredProperty("migreg.data-dir");
    }

    @Test
    void aMissingDirectoryIsMadeForItsOwnerAlone() throws IOException {
        Path directory = parent.resolve("a/b");

        assertThat(resolved(directory.toString())).isEqualTo(directory.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void aDirectoryThatIsThereKeepsItsMode() throws IOException {
        Path directory = Files.createDirectory(
                parent.resolve("there"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));

        resolved(directory.toString());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void aRelativePathBecomesAbsolute() {
        Path relative = Path.of("").toAbsolutePath().relativize(parent.resolve("data"));

        assertThat(relative).isRelative();
        assertThat(resolved(relative.toString()))
                .isEqualTo(parent.resolve("data").toString());
    }

    @Test
    void whatCannotBeADirectorySaysWhy() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "");

        assertThatThrownBy(() -> resolved(file.toString()))
                .isInstanceOf(UnusableDataDirectoryException.class)
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> resolved(" ")).hasMessageContaining("empty");
        assertThatThrownBy(() -> resolved("/data;DB_CLOSE_DELAY=-1")).hasMessageContaining("semicolon");
    }
}
