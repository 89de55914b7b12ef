package org.migreg.capture;

import org.jspecify.annotations.Nullable;
import org.migreg.qemu.Accelerator;
import org.migreg.register.RegisterLayout;
import org.migreg.register.RegisterList;

/**
 * What a register list tells about the accelerator that made it. KVM lists firmware, feature bitmap
 * and DEMUX registers (coprocessors 0x14, 0x16 and 0x11), which TCG never has; TCG lists AArch32
 * coprocessor registers (architecture 0x4) beside arm64's, which no arm64 KVM does.
 *
 * <p>Source: Linux {@code arch/arm64/kvm/guest.c}, {@code kvm_arm_copy_reg_indices()}; QEMU {@code
 * target/arm/helper.c}, {@code cpreg_to_kvm_id()}.
 */
public final class AcceleratorEvidence {

    private AcceleratorEvidence() {}

    /** The accelerator, or null where the list tells none or contradicts itself. */
    public static @Nullable Accelerator of(RegisterList registers) {
        boolean kvm = false;
        boolean tcg = false;
        for (int i = 0; i < registers.size(); i++) {
            long id = registers.idAt(i);
            int coprocessor = RegisterLayout.coprocessor(id);
            kvm |= coprocessor == RegisterLayout.DEMUX
                    || coprocessor == RegisterLayout.FIRMWARE
                    || coprocessor == RegisterLayout.FIRMWARE_FEATURE_BITMAP;
            tcg |= RegisterLayout.architecture(id) == RegisterLayout.ARM;
        }
        if (kvm == tcg) {
            return null;
        }
        return kvm ? Accelerator.KVM : Accelerator.TCG;
    }
}
