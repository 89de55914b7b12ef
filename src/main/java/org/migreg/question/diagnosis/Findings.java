package org.migreg.question.diagnosis;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is found out about a load: what its log proves, what it suggests, and what to do, each once and in order. */
final class Findings {

    private static final Pattern END_OF_SENTENCE = Pattern.compile("(?<=[.]) (?=[A-Z])");

    private final Set<String> proved = new LinkedHashSet<>();
    private final Set<Suggestion> suggested = new LinkedHashSet<>();
    private final Set<String> next = new LinkedHashSet<>();

    void proves(String sentence) {
        proved.add(sentence);
    }

    void suggests(String sentence, String proof) {
        suggested.add(new Suggestion(sentence, proof));
    }

    void next(String sentence) {
        next.add(sentence);
    }

    List<String> proved() {
        return List.copyOf(proved);
    }

    List<Suggestion> suggested() {
        return List.copyOf(suggested);
    }

    List<String> next() {
        return List.copyOf(next);
    }

    /** Whoever reads it at night gets two sentences, what happened and what to do; the rest stands below them. */
    List<String> summary(String headline) {
        return Stream.concat(Stream.of(headline), next.stream().limit(1))
                .map(text -> END_OF_SENTENCE.split(text, 2)[0])
                .toList();
    }
}
