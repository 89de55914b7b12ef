package org.migreg.capturestore;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;

/**
 * A register list as bytes, all numbers big-endian: the format's number (one byte, {@value #FORMAT}); the count of
 * registers (4 bytes); for each register, ascending, its id (8 bytes), one byte that is 1 where its value is known
 * and 0 where not, and the value (8 bytes) where known.
 */
final class RegisterListBytes {

    private static final byte FORMAT = 1;

    private RegisterListBytes() {}

    static byte[] write(RegisterList registers) {
        ByteBuffer bytes = ByteBuffer.allocate(5 + 9 * registers.size() + 8 * registers.valueCount());
        bytes.put(FORMAT).putInt(registers.size());
        for (int i = 0; i < registers.size(); i++) {
            bytes.putLong(registers.idAt(i));
            if (registers.hasValueAt(i)) {
                bytes.put((byte) 1).putLong(registers.valueAt(i));
            } else {
                bytes.put((byte) 0);
            }
        }
        return bytes.array();
    }

    /**
     * @throws IllegalArgumentException when the bytes are not what {@link #write} writes
     */
    static RegisterList read(byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        try {
            byte format = bytes.get();
            if (format != FORMAT) {
                throw new IllegalArgumentException("stored register list of unknown format " + format);
            }
            int size = bytes.getInt();
            RegisterList.Builder builder = RegisterList.builder();
            for (int i = 0; i < size; i++) {
                RegisterId id = new RegisterId(bytes.getLong());
                if (bytes.get() == 1) {
                    builder.add(id, bytes.getLong());
                } else {
                    builder.add(id);
                }
            }
            if (bytes.hasRemaining()) {
                throw new IllegalArgumentException("stored register list has " + bytes.remaining() + " bytes too many");
            }
            return builder.build();
        } catch (BufferUnderflowException tooShort) {
            throw new IllegalArgumentException("stored register list ends too early", tooShort);
        }
    }
}
