package org.migreg.policy;

import java.util.Comparator;
import org.migreg.register.RegisterId;

/** A register as an element of a property: what several entries may set, each for other kernels. */
public record RegisterSetting(CompatProperty property, RegisterId register) implements Comparable<RegisterSetting> {

    private static final Comparator<RegisterSetting> ORDER =
            Comparator.comparing(RegisterSetting::property).thenComparing(RegisterSetting::register);

    @Override
    public int compareTo(RegisterSetting other) {
        return ORDER.compare(this, other);
    }
}
