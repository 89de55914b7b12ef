package org.migreg.capture;

import org.migreg.register.RegisterList;

/**
 * What normalisation took out of a list.
 *
 * @param droppedCore CORE registers, which QEMU migrates elsewhere
 * @param droppedSve SVE registers, which QEMU migrates elsewhere
 * @param repeated registers that stood more than once
 */
public record Normalisation(int droppedCore, int droppedSve, int repeated) {

    /** Took nothing out. */
    public static final Normalisation NONE = new Normalisation(0, 0, 0);

    /** What a builder took out of the list that it has built. */
    public static Normalisation of(RegisterList.Builder built) {
        return new Normalisation(built.droppedCore(), built.droppedSve(), built.repeated());
    }
}
