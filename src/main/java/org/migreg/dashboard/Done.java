package org.migreg.dashboard;

import org.jspecify.annotations.Nullable;
import org.migreg.policystore.Applied;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * What a write did, for the page after it.
 *
 * @param revision which one it made; null where it changed nothing of the tables
 */
public record Done(String sentence, @Nullable Long revision) {

    private static final String ATTRIBUTE = "done";

    public static void add(RedirectAttributes after, Applied applied, String sentence) {
        add(after, applied.changed() ? applied.revision().number() : null, sentence);
    }

    public static void add(RedirectAttributes after, @Nullable Long revision, String sentence) {
        after.addFlashAttribute(ATTRIBUTE, new Done(sentence, revision));
    }
}
