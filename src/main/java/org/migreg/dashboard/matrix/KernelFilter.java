package org.migreg.dashboard.matrix;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelStream;

/**
 * Which kernels to show: those that have one of these words in their release, or whose stream is one of
 * them. No words take all.
 */
record KernelFilter(List<String> words) {

    KernelFilter {
        words = List.copyOf(words);
    }

    /** @param text words with blanks or commas between them */
    static KernelFilter parse(@Nullable String text) {
        return new KernelFilter(
                text == null
                        ? List.of()
                        : List.of(text.toLowerCase(Locale.ROOT).split("[\\s,]+")).stream()
                                .filter(word -> !word.isEmpty())
                                .limit(50)
                                .toList());
    }

    boolean takes(String label, KernelStream kernelStream) {
        String text = label.toLowerCase(Locale.ROOT);
        return words.isEmpty()
                || words.stream()
                        .anyMatch(
                                word -> text.contains(word) || kernelStream.id().equals(word));
    }
}
