package org.migreg.architecture.planted.sideways.qemu;

public interface MachineType {}
