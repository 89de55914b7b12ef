package org.migreg.policy;

/**
 * The two array properties of the QEMU driver {@code arm-cpu} that machine types set.
 *
 * <p>Source: patch series "Mitigation of 'failed to load cpu:cpreg_vmstate_array_len' migration
 * failures", v2 of 18 November 2025.
 */
public enum CompatProperty {
    /** Never send these registers, nor compare them: works on the side where it is set. */
    HIDDEN_REGS("x-mig-hidden-regs"),
    /** Ignore these when they arrive and are unknown here: works only on the destination. */
    SAFE_MISSING_REGS("x-mig-safe-missing-regs");

    private final String text;

    CompatProperty(String text) {
        this.text = text;
    }

    /**
     * Reads QEMU's name of the property.
     *
     * @throws IllegalArgumentException naming the two
     */
    public static CompatProperty parse(String text) {
        for (CompatProperty property : values()) {
            if (property.text.equals(text)) {
                return property;
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a compat property: write x-mig-hidden-regs or x-mig-safe-missing-regs");
    }

    /** QEMU's name of the property. */
    @Override
    public String toString() {
        return text;
    }
}
