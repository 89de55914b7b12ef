package org.migreg.revision;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.migreg.history.Change;

/**
 * What rows that one revision ended, and rows that it began, say of things of one kind.
 *
 * @param <K> what a thing is known by
 */
public final class ChangedRows<K extends Comparable<K>> {

    private final TreeMap<K, @Nullable String> before = new TreeMap<>();
    private final TreeMap<K, @Nullable String> after = new TreeMap<>();

    /** @param begins whether the revision began the row; else it ended it */
    public void add(K key, boolean begins, String text) {
        (begins ? after : before).put(key, text);
    }

    /** One change for each thing, in the order of the keys. */
    public List<Change> of(Change.Subject subject) {
        Set<K> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .map(key -> new Change(subject, key.toString(), before.get(key), after.get(key)))
                .toList();
    }
}
