package org.migreg.question.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.migreg.hostkernel.KernelRange;
import org.migreg.question.fleet.StateLoss;
import org.migreg.question.fleet.StepBudget;

/** The search for the smallest set of entries, where it would never end. */
class RegisterCoverTests {

    private static final RegisterCover.Host EXPOSING =
            new RegisterCover.Host(true, false, false, false, StateLoss.STATE);
    private static final RegisterCover.Host LACKING =
            new RegisterCover.Host(false, false, false, false, StateLoss.NONE);

    /** From the first host, which has the register, to so many others, which lack it. */
    private static RegisterCover cover(int lacking, long looks) {
        List<RegisterCover.Host> hosts = new ArrayList<>(List.of(EXPOSING));
        List<RegisterCover.Move> moves = new ArrayList<>();
        List<RangeCandidate> ranges = new ArrayList<>();
        for (int host = 1; host <= lacking; host++) {
            hosts.add(LACKING);
            moves.add(new RegisterCover.Move(0, host));
            for (int last = host; last <= Math.min(lacking, host + 2); last++) {
                BitSet taken = new BitSet();
                taken.set(host, last + 1);
                ranges.add(
                        new RangeCandidate(KernelRange.parse("upstream/>=6." + host + "|<6." + (last + 1)), taken, 2));
            }
        }
        return new RegisterCover(hosts, moves, false, false, ranges, new StepBudget(looks));
    }

    @Test
    void theSmallestSetIsFoundWhereTheBudgetLasts() {
        RegisterCover.Found found = cover(9, 10_000_000).smallest();
        assertThat(found.searchedOut()).isTrue();
        assertThat(found.options())
                .extracting(option -> option.range().range().toString())
                .containsExactly("upstream/>=6.1|<6.4", "upstream/>=6.4|<6.7", "upstream/>=6.7|<6.10");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aSearchThatWouldNeverEndGivesEntriesThatDoAndSaysThatFewerMay() {
        RegisterCover cover = cover(90, 1_000_000);
        RegisterCover.Found found = cover.smallest();
        assertThat(found.searchedOut()).isFalse();
        for (int host = 1; host <= 90; host++) {
            assertThat(cover.passes(new RegisterCover.Move(0, host), found.options()))
                    .isTrue();
        }
        assertThat(found.options()).hasSizeLessThan(90);
    }

    @Test
    void aBudgetThatIsUsedUpBeforeAnythingIsFoundStillGivesEntriesThatDo() {
        RegisterCover.Found found = cover(3, 1).smallest();
        assertThat(found.searchedOut()).isFalse();
        assertThat(found.options())
                .extracting(option -> option.range().range().toString())
                .containsExactly("upstream/>=6.1|<6.4");
    }

    @Test
    void nothingToDoIsSearchedOutOnAnyBudget() {
        RegisterCover cover = new RegisterCover(
                List.of(EXPOSING, EXPOSING),
                List.of(new RegisterCover.Move(0, 1), new RegisterCover.Move(1, 0)),
                false,
                false,
                List.of(),
                new StepBudget(1));
        assertThat(cover.smallest()).isEqualTo(new RegisterCover.Found(List.of(), true));
    }
}
