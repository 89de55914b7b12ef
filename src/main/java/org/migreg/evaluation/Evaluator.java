package org.migreg.evaluation;

import org.migreg.register.RegisterList;

/**
 * Decides whether a guest may go from one host to another: hides, compares the lists as the
 * destination's QEMU does, then the values as KVM does.
 *
 * <p>What is not known (a kernel range that the kernel's text does not decide, a condition whose
 * value is missing) is tried both ways: where the verdict is the same, it stands; where the guest may
 * migrate either way, it is {@link Verdict#COMPATIBLE_WITH_WARNINGS}; else it is {@link
 * Verdict#UNKNOWN} and the findings say what was missing.
 */
public final class Evaluator {

    private Evaluator() {}

    public static Evaluation evaluate(SourceSide source, DestinationSide destination) {
        if (isEmpty(source, destination)) {
            return CommonEvaluation.of(
                    candidates(source, source.registers()),
                    candidates(destination, destination.registers()),
                    destination.behaviour());
        }
        return Reservations.of(source, destination).on(Report.of(Trials.of(new Scenario(source, destination))));
    }

    /** Only the verdict of {@link #evaluate(SourceSide, DestinationSide)}, without putting the reasons into words. */
    public static Verdict verdict(SourceSide source, DestinationSide destination) {
        if (isEmpty(source, destination)) {
            return Verdict.UNKNOWN;
        }
        Scenario scenario = new Scenario(source, destination);
        Verdict verdict = Trials.areTooMany(scenario)
                ? Verdict.UNKNOWN
                : Trials.of(scenario).verdict();
        return Reservations.of(source, destination).on(verdict);
    }

    /**
     * Decides where it may not be known what a side is: what holds of each that could be meant; where that is nothing,
     * the verdict is {@link Verdict#UNKNOWN} on the basis {@link Basis#NOTHING}.
     *
     * @param behaviour that of every destination
     */
    public static Evaluation evaluate(
            Candidates<SourceSide> source, Candidates<DestinationSide> destination, LoadBehaviour behaviour) {
        return source.areOne() && destination.areOne()
                ? evaluate(source.sides().getFirst(), destination.sides().getFirst())
                : CommonEvaluation.of(source, destination, behaviour);
    }

    /** Every QEMU on Arm has registers in its list: an empty one is no host's, and nothing follows from it. */
    private static boolean isEmpty(SourceSide source, DestinationSide destination) {
        return source.registers().isEmpty() || destination.registers().isEmpty();
    }

    private static <S> Candidates<S> candidates(S side, RegisterList registers) {
        return registers.isEmpty()
                ? Candidates.none("its register list is empty, as no host's is")
                : Candidates.one(side);
    }
}
