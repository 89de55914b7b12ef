package org.migreg.architecture.planted.jpaeverywhere.api;

import org.springframework.data.domain.Page;

interface SeesSpringData {
    Page<String> page();
}
