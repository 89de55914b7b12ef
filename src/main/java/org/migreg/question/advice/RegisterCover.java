package org.migreg.question.advice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.policy.CompatProperty;
import org.migreg.question.fleet.StateLoss;
import org.migreg.question.fleet.StepBudget;

/**
 * The smallest set of entries for one register: an exact search.
 *
 * <p>The list comparison under the properties passes if and only if no extra register is fatal: where
 * each extra one is safe-missing, the length check ({@code local + safe-missing + 10}) cannot fail, since
 * an incoming list is never longer than the local one and the extra ones together. So registers do not
 * affect each other, and the smallest set for all is the union of the smallest set for each.
 *
 * <p>For one register, every set of entries that lets a failing move pass hides the register on the
 * move's source or makes it safe-missing on its destination. Branching over all entries that do
 * either, to the smallest depth at which anything is found, therefore meets every smallest set. Among
 * those the best is taken: fewest moves on which state is lost, then fewest that rest on a condition,
 * then fewest hosts where an entry does nothing, then safe-missing before hidden (it needs nothing of
 * guests that already run), then the fewest bounds.
 *
 * <p>A step of its budget is a look at a move. Where the budget does not last, safe-missing entries for the destinations
 * of the failing moves let every move pass, and {@link Found#searchedOut} is false.
 */
final class RegisterCover {

    /** A possible entry. */
    record Option(CompatProperty property, RangeCandidate range) {}

    /**
     * One host as this register sees it.
     *
     * @param exposes whether its list has the register
     * @param hidden whether it is surely hidden there already
     * @param perhapsHidden whether it may be, by an entry that cannot be decided
     * @param safeMissing whether it is surely safe-missing there already
     * @param loss what a guest that leaves this host loses with it
     */
    record Host(boolean exposes, boolean hidden, boolean perhapsHidden, boolean safeMissing, StateLoss loss) {}

    /** Wanted moves from one host to another, by position. */
    record Move(int source, int destination) {}

    /**
     * Entries with which every wanted move passes.
     *
     * @param searchedOut whether they are surely the best of the smallest sets
     */
    record Found(List<Option> options, boolean searchedOut) {
        Found {
            options = List.copyOf(options);
        }
    }

    private final List<Host> hosts;
    private final List<Move> moves;
    private final boolean sourcesHide;
    private final List<Option> options;
    private final boolean conditioned;
    private final StepBudget budget;
    private @Nullable List<Option> best;
    private long @Nullable [] bestCost;

    /**
     * @param sourcesHide whether the sources' QEMUs carry the properties
     * @param conditioned whether an entry would have a condition that all values meet
     * @param budget of looks at moves
     */
    RegisterCover(
            List<Host> hosts,
            List<Move> moves,
            boolean sourcesHide,
            boolean conditioned,
            List<RangeCandidate> ranges,
            StepBudget budget) {
        this.hosts = List.copyOf(hosts);
        this.moves = List.copyOf(moves);
        this.sourcesHide = sourcesHide;
        this.conditioned = conditioned;
        this.budget = budget;
        List<Option> all = new ArrayList<>();
        for (RangeCandidate range : ranges) {
            all.add(new Option(CompatProperty.SAFE_MISSING_REGS, range));
            if (sourcesHide) {
                all.add(new Option(CompatProperty.HIDDEN_REGS, range));
            }
        }
        this.options = all;
    }

    /** The best of the smallest sets; none where every wanted move passes already. */
    Found smallest() {
        for (int size = 0; best == null && !budget.isUsedUp(); size++) {
            if (size > hosts.size()) {
                throw lackingARange();
            }
            extend(new ArrayList<>(), size);
        }
        if (best != null) {
            return new Found(best, best.isEmpty() || !budget.isUsedUp());
        }
        List<Option> tolerating = tolerating();
        return new Found(tolerating, tolerating.isEmpty());
    }

    /** Safe-missing entries for the destination of every failing move, which always do. */
    private List<Option> tolerating() {
        BitSet failing = new BitSet();
        for (Move move : moves) {
            if (!passes(move, List.of())) {
                failing.set(move.destination());
            }
        }
        List<Option> chosen = new ArrayList<>();
        while (!failing.isEmpty()) {
            Option widest = null;
            int most = 0;
            for (Option option : options) {
                if (option.property() == CompatProperty.SAFE_MISSING_REGS) {
                    BitSet helped = (BitSet) failing.clone();
                    helped.and(option.range().hosts());
                    if (helped.cardinality() > most) {
                        widest = option;
                        most = helped.cardinality();
                    }
                }
            }
            if (widest == null) {
                throw lackingARange();
            }
            chosen.add(widest);
            failing.andNot(widest.range().hosts());
        }
        return inOrder(chosen);
    }

    private IllegalStateException lackingARange() {
        return new IllegalStateException("no set of entries lets the register pass, though safe-missing on every"
                + " destination always does: the candidates lack a range for one of " + hosts.size() + " hosts");
    }

    /** Whether a move passes under these entries, as far as this register goes. */
    boolean passes(Move move, List<Option> chosen) {
        Host source = hosts.get(move.source());
        Host destination = hosts.get(move.destination());
        boolean sent = source.exposes() && !(sourcesHide && (source.hidden() || hides(chosen, move.source())));
        if (!sent) {
            return true;
        }
        boolean surelyKnown = destination.exposes()
                && !destination.hidden()
                && !destination.perhapsHidden()
                && !hides(chosen, move.destination());
        return surelyKnown
                || destination.safeMissing()
                || covers(chosen, CompatProperty.SAFE_MISSING_REGS, move.destination());
    }

    private void extend(List<Option> chosen, int more) {
        if (budget.isUsedUp()) {
            return;
        }
        Move failing = firstFailing(chosen);
        if (failing == null) {
            consider(chosen);
            return;
        }
        if (more == 0) {
            return;
        }
        for (Option option : options) {
            boolean helps = option.property() == CompatProperty.HIDDEN_REGS
                    ? option.range().hosts().get(failing.source())
                    : option.range().hosts().get(failing.destination());
            if (helps) {
                chosen.add(option);
                extend(chosen, more - 1);
                chosen.removeLast();
            }
        }
    }

    private @Nullable Move firstFailing(List<Option> chosen) {
        int looked = 0;
        Move failing = null;
        while (failing == null && looked < moves.size()) {
            Move move = moves.get(looked++);
            failing = passes(move, chosen) ? null : move;
        }
        budget.take(looked);
        return failing;
    }

    private void consider(List<Option> chosen) {
        budget.take(moves.size());
        long[] cost = cost(chosen);
        if (bestCost == null || Arrays.compare(cost, bestCost) < 0) {
            best = inOrder(chosen);
            bestCost = cost;
        }
    }

    private static List<Option> inOrder(List<Option> chosen) {
        return chosen.stream()
                .sorted(Comparator.comparing(Option::property)
                        .thenComparing(option -> option.range().range().toString()))
                .toList();
    }

    private long[] cost(List<Option> chosen) {
        long lost = 0;
        long conditional = 0;
        BitSet hidingMatters = new BitSet();
        BitSet toleratingMatters = new BitSet();
        for (Move move : moves) {
            Host source = hosts.get(move.source());
            Host destination = hosts.get(move.destination());
            if (!source.exposes()) {
                continue;
            }
            boolean lacking = !destination.exposes();
            if (lacking) {
                hidingMatters.set(move.source());
            }
            boolean hiddenOnSource = sourcesHide && (source.hidden() || hides(chosen, move.source()));
            boolean unknown = lacking || hides(chosen, move.destination()) || destination.hidden();
            if (!hiddenOnSource && unknown) {
                toleratingMatters.set(move.destination());
            }
            if (hiddenOnSource || unknown) {
                switch (source.loss()) {
                    case NONE -> {}
                    case NONE_WHILE_CONDITION_HOLDS -> {
                        if (conditioned) {
                            conditional++;
                        } else {
                            lost++;
                        }
                    }
                    case STATE -> lost++;
                }
            }
        }
        long idle = 0;
        long hiding = 0;
        long bounds = 0;
        for (Option option : chosen) {
            boolean hides = option.property() == CompatProperty.HIDDEN_REGS;
            BitSet useless = (BitSet) option.range().hosts().clone();
            useless.andNot(hides ? hidingMatters : toleratingMatters);
            idle += useless.cardinality();
            hiding += hides ? 1 : 0;
            bounds += option.range().bounds();
        }
        return new long[] {lost, conditional, idle, hiding, bounds};
    }

    private static boolean hides(List<Option> chosen, int host) {
        return covers(chosen, CompatProperty.HIDDEN_REGS, host);
    }

    private static boolean covers(List<Option> chosen, CompatProperty property, int host) {
        for (Option option : chosen) {
            if (option.property() == property && option.range().hosts().get(host)) {
                return true;
            }
        }
        return false;
    }
}
