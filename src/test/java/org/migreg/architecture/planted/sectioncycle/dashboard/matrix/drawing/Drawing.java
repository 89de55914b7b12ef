package org.migreg.architecture.planted.sectioncycle.dashboard.matrix.drawing;

import org.migreg.architecture.planted.sectioncycle.dashboard.badge.colour.Colour;

interface Drawing {
    Colour colour();
}
