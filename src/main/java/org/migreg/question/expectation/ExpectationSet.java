package org.migreg.question.expectation;

import java.util.List;
import java.util.Optional;

/**
 * All expectations as of one revision.
 *
 * @param revision the one that last changed any; 0 before the first
 * @param all by id
 */
public record ExpectationSet(long revision, List<StoredExpectation> all) {

    public ExpectationSet {
        all = List.copyOf(all);
    }

    public Optional<StoredExpectation> byId(long id) {
        return all.stream().filter(stored -> stored.id() == id).findFirst();
    }

    /**
     * @throws NoSuchExpectationException when it is not there
     */
    public StoredExpectation get(long id) {
        return byId(id).orElseThrow(() -> new NoSuchExpectationException(id));
    }
}
