package org.migreg.architecture.planted.formats.format.yaml;

public interface YamlReader {}
