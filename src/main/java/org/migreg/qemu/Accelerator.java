package org.migreg.qemu;

import java.util.Locale;

/** Where a register list comes from: the host kernel's KVM, or QEMU's own TCG emulation. */
public enum Accelerator {
    KVM,
    TCG;

    /**
     * Reads {@code kvm} or {@code tcg}, in any case.
     *
     * @throws IllegalArgumentException naming the two
     */
    public static Accelerator parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "kvm" -> KVM;
            case "tcg" -> TCG;
            default -> throw new IllegalArgumentException("'" + text + "' is not an accelerator: write kvm or tcg");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
