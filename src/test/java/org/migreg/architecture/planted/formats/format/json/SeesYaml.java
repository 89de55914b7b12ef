package org.migreg.architecture.planted.formats.format.json;

import org.migreg.architecture.planted.formats.format.yaml.YamlReader;

interface SeesYaml {
    YamlReader reader();
}
