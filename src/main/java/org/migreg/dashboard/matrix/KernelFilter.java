package org.migreg.dashboard.matrix;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.migreg.hostkernel.KernelStream;

/**
 * Which kernels to show: those with a part of their release that begins with one of these words, or whose
 * stream is one of them. No words take all.
 */
record KernelFilter(List<String> words) {

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
                        .anyMatch(word -> hasWordBeginningWith(text, word)
                                || kernelStream.id().equals(word));
    }

    /** So that 6.12 is not found in 6.16.12. */
    private static boolean hasWordBeginningWith(String text, String word) {
        boolean isNumber = Character.isDigit(word.charAt(0));
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            char before = at == 0 ? ' ' : text.charAt(at - 1);
            if (!Character.isLetterOrDigit(before) && !(isNumber && before == '.')) {
                return true;
            }
        }
        return false;
    }
}
