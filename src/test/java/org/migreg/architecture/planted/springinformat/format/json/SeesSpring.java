package org.migreg.architecture.planted.springinformat.format.json;

import org.springframework.core.io.Resource;

interface SeesSpring {
    void read(Resource resource);
}
