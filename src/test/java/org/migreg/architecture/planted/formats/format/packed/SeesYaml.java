package org.migreg.architecture.planted.formats.format.packed;

import org.migreg.architecture.planted.formats.format.yaml.YamlReader;

interface SeesYaml {
    YamlReader reader();
}
