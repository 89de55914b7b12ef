package org.migreg.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one side of a move may be, as far as it is known.
 *
 * @param sides the one that it is; or several of which any may be meant; or none where nothing is known
 * @param whyOpen half a sentence; null where there is one side and it is the one
 */
public record Candidates<S>(List<S> sides, @Nullable String whyOpen) {

    public Candidates {
        sides = List.copyOf(sides);
        if (whyOpen == null && sides.size() != 1) {
            throw new IllegalArgumentException(
                    "a side that is known is one side; of these " + sides.size() + ", say why it is not known which");
        }
    }

    public static <S> Candidates<S> one(S side) {
        return new Candidates<>(List.of(side), null);
    }

    public static <S> Candidates<S> oneOf(List<S> sides, String whyOpen) {
        return new Candidates<>(sides, whyOpen);
    }

    public static <S> Candidates<S> none(String whyOpen) {
        return new Candidates<>(List.of(), whyOpen);
    }

    boolean areOne() {
        return whyOpen == null;
    }
}
