package org.migreg.format.plaintext;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Normalisation;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterList;
import org.migreg.register.RegisterValue;

/** Collects what {@link LineScanner} found, and what it left out. */
final class ItemCollector {

    /** A place in the text, both counted from 1. */
    record Place(int line, int column) {
        @Override
        public String toString() {
            return "line " + line + ", column " + column;
        }
    }

    /** Fewer registers than any host lists are remarked on anyway, since nothing can be evaluated with them. */
    private static final int WHOLE = 100;

    /** Some registers stand twice in listings of one host, too. */
    private static final int FEW = 10;

    private record Given(String value, Place place) {}

    private final RegisterList.Builder builder = RegisterList.builder();
    private final Map<RegisterId, Given> values = new HashMap<>();
    private int count;
    private int ignoredComments;
    private int idsInComments;
    private int ignoredWords;
    private int ignoredNumbers;
    private int saidNotThere;
    private @Nullable Place firstNotThere;
    private @Nullable Place firstIdInComment;
    private @Nullable Place firstIgnoredNumber;
    private @Nullable Place firstPairWithoutSign;
    private @Nullable Place firstNeighbours;

    void add(RegisterId id, @Nullable String value, Place place) {
        if (++count > 4 * RegisterList.LARGEST) {
            throw PlainTextReader.refused(
                    -1,
                    place + ": more than " + 4 * RegisterList.LARGEST
                            + " register IDs, while real hosts list 150 to 420: give one vCPU's list");
        }
        try {
            if (value == null || RegisterList.Builder.drops(id)) {
                builder.add(id);
                return;
            }
            long bits = RegisterValue.parse(value).bits();
            Given earlier = values.putIfAbsent(id, new Given("0x" + Long.toHexString(bits), place));
            if (earlier != null && !earlier.value().equals("0x" + Long.toHexString(bits))) {
                throw new IllegalArgumentException(id + " (" + id.name() + ") has the value 0x"
                        + Long.toHexString(bits) + " here and " + earlier.value() + " at " + earlier.place()
                        + ": give it once");
            }
            builder.add(id, bits);
        } catch (IllegalArgumentException refused) {
            throw PlainTextReader.refused(-1, place + ": " + refused.getMessage());
        }
    }

    void commentIgnored() {
        ignoredComments++;
    }

    void idInComment(Place place) {
        idsInComments++;
        firstIdInComment = firstIdInComment == null ? place : firstIdInComment;
    }

    void wordIgnored() {
        ignoredWords++;
    }

    void numberIgnored(Place place) {
        ignoredNumbers++;
        firstIgnoredNumber = firstIgnoredNumber == null ? place : firstIgnoredNumber;
    }

    /** Beside an ID stands that the register is not there. */
    void saidNotThere(Place place) {
        saidNotThere++;
        firstNotThere = firstNotThere == null ? place : firstNotThere;
    }

    /** A value followed its ID without {@code =} or {@code :}. */
    void pairWithoutSign(Place place) {
        firstPairWithoutSign = firstPairWithoutSign == null ? place : firstPairWithoutSign;
    }

    /** Two IDs stood side by side, without {@code =} or {@code :}. */
    void neighbours(Place place) {
        firstNeighbours = firstNeighbours == null ? place : firstNeighbours;
    }

    /** @throws org.migreg.capture.UnreadableCaptureException when neighbours may be an ID and its value */
    RegisterList registers() {
        if (firstPairWithoutSign != null && firstNeighbours != null) {
            throw PlainTextReader.refused(
                    -1,
                    firstNeighbours + ": this looks like a register ID but stands where other lines have a value"
                            + " (such as " + firstPairWithoutSign
                            + "): write 'id = value' for values, or one ID a line");
        }
        RegisterList registers;
        try {
            registers = builder.build();
        } catch (IllegalArgumentException refused) {
            throw PlainTextReader.refused(-1, String.valueOf(refused.getMessage()));
        }
        if (registers.size() >= WHOLE && saidNotThere > 0) {
            throw PlainTextReader.refused(-1, notThere());
        }
        if (registers.size() >= WHOLE && builder.repeated() % registers.size() > FEW) {
            throw PlainTextReader.refused(
                    -1,
                    builder.repeated() + " of " + registers.size() + " registers stand more than once, and the others"
                            + " do not: these are the lists of several hosts or guests; give one at a time");
        }
        return registers;
    }

    private String notThere() {
        return "The text says of " + saidNotThere + (saidNotThere == 1 ? " register" : " registers")
                + " that it is not there, first at " + firstNotThere
                + ", as a comparison of hosts does: give the list of one host.";
    }

    Normalisation normalisation() {
        return Normalisation.of(builder);
    }

    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (saidNotThere > 0) {
            remarks.add(notThere());
        }
        if (ignoredComments > 0) {
            remarks.add(ignoredComments + (ignoredComments == 1 ? " comment was" : " comments were") + " ignored.");
        }
        if (idsInComments > 0) {
            remarks.add("Comments hold " + idsInComments + " register ID" + (idsInComments == 1 ? "" : "s")
                    + ", the first at " + firstIdInComment + "; comments are ignored.");
        }
        if (ignoredWords > 0) {
            remarks.add(ignoredWords + (ignoredWords == 1 ? " word was" : " words were") + " ignored.");
        }
        if (ignoredNumbers > 0) {
            remarks.add(ignoredNumbers
                    + (ignoredNumbers == 1
                            ? " number was taken neither for a register ID nor for a value, at "
                            : " numbers were taken neither for register IDs nor for values, the first at ")
                    + firstIgnoredNumber + ".");
        }
        return remarks;
    }
}
