package org.migreg.format.migrationstream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.CaptureReading.VcpuRegisters;
import org.migreg.capture.Normalisation;
import org.migreg.capture.ReadingMemory;
import org.migreg.capture.SaidOfHost;
import org.migreg.capture.SaidOfHost.Fact;
import org.migreg.format.migrationstream.StreamDescription.Device;
import org.migreg.format.migrationstream.StreamDescription.RegisterFields;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;

/** Makes a reading of the vCPUs' data, one vCPU after the other. */
final class VcpuData {

    /** Far more than any vCPU's section has, in bytes; one with the widest SVE registers has 20,000. */
    static final int LARGEST = 1 << 20;

    private final StreamOrigin origin;
    private final List<VcpuRegisters> vcpus = new ArrayList<>();
    private final Set<Long> instances = new HashSet<>();
    private Normalisation normalisation = Normalisation.NONE;

    VcpuData(StreamOrigin origin) {
        this.origin = origin;
    }

    /** Where the list lies in this vCPU's data; refuses a vCPU that has none. */
    private static RegisterFields fieldsOf(Device device, long position) throws StreamFault {
        RegisterFields fields = device.registers();
        if (fields == null) {
            throw new StreamFault(
                    position, "the stream is of no arm guest: its cpu device lacks cpreg_vmstate_indexes and _values");
        }
        if (fields.count() < 1 || fields.count() > RegisterList.LARGEST) {
            throw new StreamFault(
                    position,
                    "a vCPU's list has " + fields.count() + " registers; it has 1 to " + RegisterList.LARGEST);
        }
        return fields;
    }

    /** How much of a vCPU's data is needed, from its beginning to the end of both arrays. */
    static int bytesNeeded(Device device, long position) throws StreamFault {
        RegisterFields fields = fieldsOf(device, position);
        long needed =
                Math.max(Math.max(fields.indexesAt(), fields.valuesAt()) + 8L * fields.count(), fields.countAt() + 4);
        if (needed > LARGEST) {
            throw new StreamFault(
                    position,
                    "the registers of a vCPU end " + needed + " bytes into its section; they do within " + LARGEST);
        }
        return (int) needed;
    }

    /**
     * @param data the section's data after its header, {@link #bytesNeeded} at least
     * @param position its offset in the stream
     */
    void add(Device device, byte[] data, long position) throws StreamFault {
        RegisterFields fields = fieldsOf(device, position);
        if (device.instance() > Integer.MAX_VALUE || !instances.add(device.instance())) {
            throw new StreamFault(position, "vCPU " + device.instance() + " stands twice, or has no vCPU's number");
        }
        ByteBuffer bytes = ByteBuffer.wrap(data);
        if (fields.countAt() >= 0) {
            int count = bytes.getInt((int) fields.countAt());
            if (count != fields.count()) {
                throw new StreamFault(
                        position + fields.countAt(),
                        "vCPU " + device.instance() + " has " + count + " registers, but " + fields.count()
                                + " by the description at the end of the stream");
            }
        }
        ReadingMemory.take(ReadingMemory.toKeep(fields.count()));
        RegisterList.Builder builder = RegisterList.builder();
        try {
            for (int i = 0; i < fields.count(); i++) {
                long id = bytes.getLong((int) fields.indexesAt() + 8 * i);
                builder.add(new RegisterId(id), bytes.getLong((int) fields.valuesAt() + 8 * i));
            }
            RegisterList registers = builder.build();
            if (registers.isEmpty()) {
                throw new StreamFault(position, "vCPU " + device.instance() + " has no register");
            }
            if (vcpus.isEmpty()) {
                normalisation = Normalisation.of(builder);
            }
            vcpus.add(new VcpuRegisters((int) device.instance(), registers));
        } catch (IllegalArgumentException e) {
            throw new StreamFault(position + fields.indexesAt(), "vCPU " + device.instance() + ": " + e.getMessage());
        }
    }

    CaptureReading reading(long position) throws StreamFault {
        if (vcpus.isEmpty()) {
            throw new StreamFault(position, "the stream has no cpu device: it is of no arm guest");
        }
        vcpus.sort((a, b) -> Integer.compare(a.vcpu(), b.vcpu()));
        SaidOfHost host =
                SaidOfHost.shownBy(vcpus.getFirst().registers()).with(Fact.MACHINE_TYPE, origin.machineType());
        return new CaptureReading(vcpus, host, normalisation, List.of());
    }
}
