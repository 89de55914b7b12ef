package org.migreg.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.CompatProperty;
import org.migreg.policy.EffectivePolicy;
import org.migreg.register.ListDifference;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;

/**
 * Two sides with all that is decided about them, and the questions that are not. Everything that is open goes through
 * {@link Question}: {@link Trials} answers them, {@link #compare} applies the answers.
 */
final class Scenario {

    private final SourceSide source;
    private final DestinationSide destination;
    private final boolean destinationHides;
    private final long[] hiddenOnSource;
    private final long[] hiddenOnDestination;
    /** The lists less what is surely hidden. */
    private final ListDifference surely;

    private final List<Question> questions = new ArrayList<>();
    private final Map<Long, LossPermission> permissions = new HashMap<>();
    /** Of what the source hides or may hide, that which is not surely safe to lose. */
    private final Map<Long, HidingSafety> unsafeToHide = new TreeMap<>(Long::compareUnsigned);

    Scenario(SourceSide source, DestinationSide destination) {
        RegisterList sourceList = source.registers();
        RegisterList destinationList = destination.registers();
        this.source = source;
        this.destination = destination;
        this.destinationHides = destination.behaviour() instanceof LoadBehaviour.XMigProperties;
        this.hiddenOnSource = source.xMigProperties() ? surelyHidden(source.policy(), sourceList) : new long[0];
        this.hiddenOnDestination = destinationHides ? surelyHidden(destination.policy(), destinationList) : new long[0];
        this.surely = ListDifference.between(
                sourceList.without(hiddenOnSource), destinationList.without(hiddenOnDestination));
        if (source.xMigProperties()) {
            askWhetherHidden(source.policy(), sourceList, Question.About.HIDDEN_ON_SOURCE);
            judgeHiding(source.policy(), sourceList);
        }
        if (destinationHides) {
            askWhetherHidden(destination.policy(), destinationList, Question.About.HIDDEN_ON_DESTINATION);
        }
        for (long id : perhapsExtra()) {
            permitLoss(new RegisterId(id));
        }
    }

    SourceSide source() {
        return source;
    }

    DestinationSide destination() {
        return destination;
    }

    List<Question> questions() {
        return questions;
    }

    /** What is asked about, numbered. */
    Map<Object, Integer> subjects() {
        Map<Object, Integer> subjects = new HashMap<>();
        questions.forEach(question -> subjects.putIfAbsent(question.subject(), subjects.size()));
        return subjects;
    }

    /** Ascending, as are those of {@link #hiddenOnDestination}. */
    List<RegisterId> hiddenOnSource() {
        return registers(hiddenOnSource);
    }

    List<RegisterId> hiddenOnDestination() {
        return registers(hiddenOnDestination);
    }

    boolean isHiddenOnSource(RegisterId register) {
        return source.registers().contains(register) && !surely.outgoing().contains(register);
    }

    boolean isHiddenOnDestination(RegisterId register) {
        return destination.registers().contains(register) && !surely.local().contains(register);
    }

    LossPermission permissionOf(long id) {
        return permissions.getOrDefault(id, LossPermission.NONE);
    }

    private static List<RegisterId> registers(long[] ids) {
        return Arrays.stream(ids).mapToObj(RegisterId::new).toList();
    }

    private static long[] surelyHidden(EffectivePolicy policy, RegisterList list) {
        return Arrays.stream(policy.decidedIds(CompatProperty.HIDDEN_REGS))
                .filter(id -> list.indexOf(id) >= 0)
                .toArray();
    }

    private void askWhetherHidden(EffectivePolicy policy, RegisterList list, Question.About about) {
        for (EffectivePolicy.Element element : policy.undecidedElements(CompatProperty.HIDDEN_REGS)) {
            if (list.contains(element.register())) {
                EffectivePolicy.Origin origin = element.origins().getFirst();
                questions.add(new Question(
                        about,
                        element.register(),
                        origin.entry(),
                        element.origins().size() == 1,
                        FindingKind.ENTRY_UNDECIDED,
                        origin.match().reason()));
            }
        }
    }

    private void judgeHiding(EffectivePolicy policy, RegisterList list) {
        for (EffectivePolicy.Element element : policy.elements(CompatProperty.HIDDEN_REGS)) {
            RegisterId register = element.register();
            if (!list.contains(register)) {
                continue;
            }
            HidingSafety safety = HidingSafety.of(element, list.valueOf(register));
            if (safety.safe() != Holds.YES) {
                unsafeToHide.put(register.bits(), safety);
            }
            if (safety.safe() == Holds.OPEN) {
                questions.add(new Question(
                        Question.About.SAFELY_HIDDEN,
                        register,
                        safety.entry(),
                        element.origins().size() == 1,
                        safety.kind(),
                        safety.reason()));
            }
        }
    }

    /** Why a register that the source surely hides is not safe to lose; null where it is, or that is open. */
    @Nullable
    HidingSafety lossByHiding(RegisterId register) {
        HidingSafety safety = unsafeToHide.get(register.bits());
        return safety == null || safety.safe() == Holds.OPEN ? null : safety;
    }

    private boolean hidesALoss(Set<Long> alsoHidden, Set<Long> safelyHidden) {
        for (long id : unsafeToHide.keySet()) {
            boolean hidden = alsoHidden.contains(id) || isHiddenOnSource(new RegisterId(id));
            if (hidden && !safelyHidden.contains(id)) {
                return true;
            }
        }
        return false;
    }

    /** Every register that may turn out extra: not in the destination's list, or perhaps hidden there; ascending. */
    private List<Long> perhapsExtra() {
        List<Long> ids = new ArrayList<>(surely.extraCount());
        for (int i = 0; i < surely.extraCount(); i++) {
            ids.add(surely.extra(i));
        }
        for (Question question : questions) {
            long id = question.register().bits();
            if (question.about() == Question.About.HIDDEN_ON_DESTINATION
                    && surely.outgoing().indexOf(id) >= 0
                    && surely.local().indexOf(id) >= 0) {
                ids.add(id);
            }
        }
        ids.sort(Long::compareUnsigned);
        return ids;
    }

    private void permitLoss(RegisterId register) {
        LossPermission permission =
                LossPermission.of(register, source.registers().valueOf(register), destination);
        permissions.put(register.bits(), permission);
        if (permission.inForce() == Holds.OPEN) {
            ask(Question.About.TOLERATED, register, permission);
        } else if (permission.safe() == Holds.OPEN) {
            ask(Question.About.SAFE, register, permission);
        }
    }

    private void ask(Question.About about, RegisterId register, LossPermission permission) {
        EffectivePolicy.Element element = destination.policy().element(CompatProperty.SAFE_MISSING_REGS, register);
        boolean soleEntry = element != null && element.origins().size() == 1;
        questions.add(
                new Question(about, register, permission.entry(), soleEntry, permission.kind(), permission.reason()));
    }

    /** What happens when the answers to the questions are these, in their order. */
    Comparison compare(boolean[] yes) {
        Set<Long> hides = ids(Question.About.HIDDEN_ON_SOURCE, yes);
        Set<Long> hidesThere = ids(Question.About.HIDDEN_ON_DESTINATION, yes);
        Set<Long> tolerates = ids(Question.About.TOLERATED, yes);
        Set<Long> declares = ids(Question.About.SAFE, yes);
        ListDifference difference = hides.isEmpty() && hidesThere.isEmpty()
                ? surely
                : ListDifference.between(
                        surely.outgoing().without(sorted(hides)), surely.local().without(sorted(hidesThere)));
        boolean[] tolerated = new boolean[difference.extraCount()];
        BitSet safe = new BitSet(difference.extraCount());
        for (int i = 0; i < tolerated.length; i++) {
            long id = difference.extra(i);
            LossPermission permission = permissionOf(id);
            boolean toleratedThen = tolerates.contains(id);
            tolerated[i] = permission.inForce() == Holds.YES || toleratedThen;
            safe.set(
                    i,
                    permission.safe() == Holds.YES
                            || declares.contains(id)
                            || toleratedThen && permission.safe() != Holds.NO);
        }
        int safeMissing = destination.policy().decidedIds(CompatProperty.SAFE_MISSING_REGS).length
                + (destinationHides ? tolerates.size() : 0);
        ListDecision decision = destination.behaviour().decide(difference, tolerated, safeMissing);
        boolean hidesALoss = hidesALoss(hides, ids(Question.About.SAFELY_HIDDEN, yes));
        return new Comparison(difference, decision, safe, hidesALoss, ValueComparison.of(difference, destination));
    }

    private Set<Long> ids(Question.About about, boolean[] yes) {
        Set<Long> ids = new HashSet<>();
        for (int q = 0; q < yes.length; q++) {
            if (yes[q] && questions.get(q).about() == about) {
                ids.add(questions.get(q).register().bits());
            }
        }
        return ids;
    }

    private static long[] sorted(Set<Long> ids) {
        return ids.stream()
                .sorted(Long::compareUnsigned)
                .mapToLong(Long::longValue)
                .toArray();
    }
}
