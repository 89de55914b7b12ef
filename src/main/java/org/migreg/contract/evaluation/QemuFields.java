package org.migreg.contract.evaluation;

import static org.migreg.contract.InvalidFieldException.reading;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.qemu.QemuVersion;

/** What the QEMU of destinations does with what comes in: fields of bodies, and parameters. */
public record QemuFields(
        @Parameter(description = QemuFields.LOAD_BEHAVIOUR)
        @Schema(nullable = true, description = QemuFields.LOAD_BEHAVIOUR)
        LoadBehaviour.@Nullable Spec loadBehaviour,

        @Parameter(description = QemuFields.QEMU, example = "10.2.1")
        @Schema(nullable = true, description = QemuFields.QEMU, example = "10.2.1", maxLength = 120)
        @Nullable
        QemuVersion qemu,

        @Parameter(description = QemuFields.TOLERANCES)
        @Schema(nullable = true, description = QemuFields.TOLERANCES)
        @Nullable
        ToleranceTable tolerances) {

    static final String LOAD_BEHAVIOUR =
            "What the destination's QEMU does; X_MIG_PROPERTIES where neither this nor qemu is given.";
    static final String QEMU = "The version of an unpatched QEMU there, instead of loadBehaviour.";
    static final String TOLERANCES =
            "With TOLERANCES: UPSTREAM for QEMU 11.1's compiled-in table, which goes where left out, TABLE for a build that"
                    + " carries the registry's table rendered as tolerances.";

    /** Whose table a QEMU with tolerances has compiled in. */
    public enum ToleranceTable {
        UPSTREAM,
        TABLE
    }

    public QemuFields {
        if (loadBehaviour != null && qemu != null) {
            throw new InvalidFieldException(
                    "qemu", qemu, "give either loadBehaviour or qemu: the one follows from the other");
        }
        LoadBehaviour named = named(loadBehaviour, qemu);
        if (tolerances != null && !(named instanceof LoadBehaviour.Tolerances)) {
            throw new InvalidFieldException(
                    "tolerances",
                    tolerances,
                    "'tolerances' goes with the load behaviour TOLERANCES only, and this one is " + named.apiName());
        }
    }

    /** Names the behaviour. */
    public static QemuFields of(LoadBehaviour behaviour) {
        return new QemuFields(
                behaviour.spec(),
                null,
                behaviour instanceof LoadBehaviour.Tolerances tolerant
                        ? tolerant.fromTable() ? ToleranceTable.TABLE : ToleranceTable.UPSTREAM
                        : null);
    }

    /** Whether they name a load behaviour. */
    public boolean nameOne() {
        return loadBehaviour != null || qemu != null;
    }

    /** The load behaviour that these name; X_MIG_PROPERTIES where they name none. */
    public LoadBehaviour behaviour() {
        return tolerances == ToleranceTable.TABLE ? new LoadBehaviour.Tolerances(true) : named(loadBehaviour, qemu);
    }

    private static LoadBehaviour named(LoadBehaviour.@Nullable Spec spec, @Nullable QemuVersion version) {
        return version == null
                ? (spec == null ? LoadBehaviour.Spec.USUAL : spec).behaviour()
                : reading("qemu", version, () -> LoadBehaviour.of(version));
    }
}
