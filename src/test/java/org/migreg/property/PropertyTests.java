package org.migreg.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PropertyTests {

    @Test
    void theSimplestCaseIsShownWithTheSeed() {
        assertThatThrownBy(() -> Property.holds("sums", 1000, 42, given -> {
                    List<Integer> numbers =
                            given.any(Generator.integers(0, 1000).list(0, 30));
                    assertThat(numbers.stream().mapToInt(n -> n).sum()).isLessThan(500);
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("sums: try ")
                .hasMessageContaining(" of 1000 fails")
                .hasMessageContaining("for\n    [500]\n")
                .hasMessageContaining("which is simpler than what failed first\n    [")
                .hasMessageContaining("The same cases again: -Dmigreg.property.seed=42");
    }

    @Test
    void textsAndNumbersWithASignAreSimplified() {
        assertThatThrownBy(() -> Property.holds("both", 1000, 7, given -> {
                    String text = given.any(Generator.texts(0, 40));
                    long number = given.any(Generator.longs());
                    assertThat(text.length() >= 3 && number < -9).isFalse();
                }))
                .hasMessageContaining("for\n    \"aaa\"\n    -10\n");
    }

    @Test
    void aCaseThatThrowsFails() {
        assertThatThrownBy(() -> Property.holds("throws", 10, 1, given -> {
                    given.any(Generator.booleans());
                    throw new java.io.IOException("the disk is full");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("IOException: the disk is full")
                .hasRootCauseMessage("the disk is full");
    }

    @Test
    void asManyCasesAreCheckedAsAreAskedForNotCountingThoseThatMeetNoAssumption() {
        AtomicInteger checked = new AtomicInteger();
        Property.holds("even", 200, 3, given -> {
            int number = given.any(Generator.integers(0, 1000));
            given.assume(number % 2 == 0);
            checked.incrementAndGet();
        });
        assertThat(checked).hasValue(200);
    }

    @Test
    void anAssumptionThatIsHardlyEverMetFails() {
        assertThatThrownBy(() -> Property.holds("never", 10, 3, given -> given.assume(false)))
                .hasMessage("never: only 0 cases of 501 meet what it assumes: make such cases more often");
    }

    @Test
    void oneSeedGivesTheSameCasesAndAnotherGivesOthers() {
        assertThat(cases(5)).isEqualTo(cases(5)).isNotEqualTo(cases(6));
    }

    private static List<String> cases(long seed) {
        List<String> cases = new ArrayList<>();
        Property.holds("cases", 20, seed, given -> cases.add(given.any(Generator.texts(0, 20))));
        return cases;
    }

    @Test
    void boundsComeAmongTheCases() {
        Set<Object> seen = new HashSet<>();
        Property.holds("bounds", 1000, 9, given -> {
            int number = given.any(Generator.integers(3, 100_000));
            assertThat(number).isBetween(3, 100_000);
            seen.add(number);
            seen.add(given.any(Generator.longs()));
            List<Boolean> list = given.any(Generator.booleans().list(1, 30));
            assertThat(list).hasSizeBetween(1, 30);
            seen.add("list of " + list.size());
            seen.add("or null: " + given.any(Generator.of("a").orNull(0.3)));
        });
        assertThat(seen)
                .contains(3, 100_000, 0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE)
                .contains("list of 1", "list of 30", "or null: null", "or null: a");
    }

    @Test
    void aSetHasTheSizeAskedForWhereTheGeneratorCanGiveIt() {
        Set<Integer> sizes = new HashSet<>();
        Property.holds("sets", 500, 11, given -> {
            Set<Integer> set = given.any(Generator.integers(0, 9).set(2, 10));
            assertThat(set).hasSizeBetween(2, 10);
            sizes.add(set.size());
        });
        assertThat(sizes).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7, 8, 9, 10);
    }
}
