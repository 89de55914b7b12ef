package org.migreg.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

/** {@code packaging/etc/migreg.yaml}: what an administrator finds there is what the service takes. */
class PackagedSettingsTests {

    private static final Path PACKAGED = Path.of("packaging/etc/migreg.yaml");

    @Test
    void changesNothingAsItIs() throws IOException {
        assertThat(Files.readString(PACKAGED).lines().filter(line -> !line.isBlank()))
                .allMatch(line -> line.strip().startsWith("#"));
    }

    @Test
    void everySettingOfMigregIsThereWithItsDefault() throws IOException {
        Map<String, String> packaged =
                migreg(new ByteArrayResource(uncommented().getBytes(StandardCharsets.UTF_8)));
        Map<String, String> defaults =
                migreg(new ByteArrayResource(Files.readAllBytes(Path.of("src/main/resources/application.yaml"))));
        defaults.put("migreg.data-dir", "/var/lib/migreg");

        assertThat(packaged).containsAllEntriesOf(defaults);
        assertThat(packaged.keySet().stream().filter(setting -> !defaults.containsKey(setting)))
                .as("by the size of the heap")
                .containsExactlyInAnyOrder("migreg.clients.most-connections", "migreg.clients.memory");
    }

    /** Each line that is a setting behind a #, not a sentence. */
    private static String uncommented() throws IOException {
        return Files.readString(PACKAGED)
                .lines()
                .filter(line -> line.matches(" *#[a-z][a-z-]*:( .*)?"))
                .map(line -> line.replaceFirst("#", ""))
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> migreg(Resource yaml) {
        YamlPropertiesFactoryBean reader = new YamlPropertiesFactoryBean();
        reader.setResources(yaml);
        Properties read = reader.getObject();
        return read.keySet().stream()
                .map(String::valueOf)
                .filter(name -> name.startsWith("migreg."))
                .collect(Collectors.toMap(name -> name, read::getProperty));
    }
}
