package org.migreg.capturestore;

import java.util.List;
import org.migreg.capture.StoredCapture;

/**
 * What came of adding captures.
 *
 * @param items one for each given capture, in the order given
 * @param revision the newest revision of captures after it
 */
public record Added(List<Item> items, long revision) {

    /**
     * One of the given captures as it is stored now.
     *
     * @param created whether it was not there before, nor stands earlier among those given
     * @param completed whether it was there, but lacked attributes that the given one has
     */
    public record Item(StoredCapture stored, boolean created, boolean completed) {}

    public Added {
        items = List.copyOf(items);
    }

    /** How many were not there before. */
    public int created() {
        return (int) items.stream().filter(Item::created).count();
    }

    /** Whether it made a revision. */
    public boolean changed() {
        return items.stream().anyMatch(item -> item.created() || item.completed());
    }
}
