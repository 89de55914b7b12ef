package org.migreg.architecture.planted.sideways.register;

import java.util.List;
import org.migreg.architecture.planted.sideways.qemu.MachineType;

record Sideways(List<MachineType> machineTypes) {}
