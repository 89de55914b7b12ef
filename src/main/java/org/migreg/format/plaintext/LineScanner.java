package org.migreg.format.plaintext;

import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.migreg.format.plaintext.ItemCollector.Place;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterNames;
import org.migreg.register.RegisterNotation;

/** Goes over text once, a line at a time, and decides for each number and name what it is. */
final class LineScanner {

    private static final Pattern NUMBER = Pattern.compile("[0-9][0-9A-Za-z_]*+(?:\\.[0-9A-Za-z_]++)*+");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][0-9A-Za-z_]*+");
    private static final Pattern HEX = Pattern.compile("(0[xX][0-9a-fA-F_]++)[uUlL]{0,3}");
    private static final Pattern DECIMAL = Pattern.compile("([0-9]++)[uUlL]{0,3}");
    private static final Pattern BARE_ID = Pattern.compile("[46]0[2-8]0{4}[0-9a-fA-F]{9}");
    /** Sixteen digits are how tools print 64 bits in hex; no decimal value of a register is padded so. */
    private static final Pattern PADDED_HEX = Pattern.compile("0[0-9a-fA-F]{15}");

    /** Behind an ID in 16 digits without 0x a value in 16 digits is in hex as well. */
    private static final Pattern BARE_WORD = Pattern.compile("[0-9a-fA-F]{16}");

    private static final Pattern HEX_DIGITS = Pattern.compile("[0-9a-fA-F]{1,16}");
    /** A hex number of so many digits may be an ID with a mistake in it; shorter ones are something else. */
    private static final int MISTYPED_ID = 12;

    private static final Pattern ID_IN_COMMENT = Pattern.compile("0[xX][46]0[2-8]0{4}[0-9a-fA-F]{9}\\b");
    private static final Pattern CELL =
            Pattern.compile("(?:^|;)[ \\t]*[\"']?(?:0[xX][0-9a-fA-F]{1,16}|[0-9]{1,20})[\"']?[ \\t]*(?:;|$)");
    /** Where a line of a memory dump (gdb's x/gx) says that its values stand. */
    private static final Pattern ADDRESS = Pattern.compile(
            "[ \\t]*0[xX](?![46]0[2-8]0{4}[0-9a-fA-F]{9}\\b)[0-9a-fA-F]{6,16}(?: <[^<>]{1,100}>)?:(?=[ \\t]*0[xX])");

    private static final Pattern LEVELLED_NAME = Pattern.compile("(?:SYS_)?[A-Z][A-Z0-9]++(?:_[A-Z0-9]++)*_EL[0-3]2?");
    private static final Pattern OTHER_ARCHITECTURE = Pattern.compile("0[xX][1235789]0[2-8]0{4}[0-9a-fA-F]{9}");
    private static final Set<String> NOT_THERE = Set.of("no", "absent", "missing", "false");
    private static final String NOT_THERE_MARKS = "\u2717\u2718\u274c\u2715\u2716";
    private static final Pattern GENERIC_NAME = Pattern.compile("[sS][0-3]_[0-7]_[cC][0-9]{1,2}_[cC][0-9]{1,2}_[0-7]");
    private static final BigInteger SMALLEST_DECIMAL_ID = BigInteger.ONE.shiftLeft(62);
    private static final String ITEM_OPENERS = ",;{[(|";

    private final ItemCollector items;

    private String line = "";
    private int lineNumber;
    private boolean inBlockComment;

    private @Nullable RegisterId current;
    private boolean currentIsNamed;
    /** The ID was written in hex without 0x, so that its value may be, too. */
    private boolean currentIsBare;

    private @Nullable Place currentPlace;
    private @Nullable String value;
    /** An {@code =} or {@code :} stands between the ID and what comes next. */
    private boolean assigned;
    /** A word that means nothing to us stands between the ID and what comes next. */
    private boolean interrupted;
    /** A decimal value without {@code =} was just read: a word behind it would make it a count. */
    private boolean valueMayBeCount;

    private boolean atItem;

    LineScanner(ItemCollector items) {
        this.items = items;
    }

    void scan(String text) {
        int start = 0;
        while (start <= text.length()) {
            int end = start;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            line = text.substring(start, end);
            lineNumber++;
            scanLine();
            if (end + 1 < text.length() && text.charAt(end) == '\r' && text.charAt(end + 1) == '\n') {
                end++;
            }
            start = end + 1;
        }
    }

    private void scanLine() {
        atItem = true;
        Matcher address = ADDRESS.matcher(line);
        int position = !inBlockComment && address.lookingAt() ? address.end() : 0;
        while (position < line.length()) {
            position = inBlockComment ? blockComment(position) : next(position);
        }
        finishItem();
    }

    private int blockComment(int from) {
        int end = line.indexOf("*/", from);
        commentText(from, end < 0 ? line.length() : end);
        if (end < 0) {
            return line.length();
        }
        inBlockComment = false;
        return end + 2;
    }

    private void commentText(int from, int to) {
        Matcher ids = ID_IN_COMMENT.matcher(line).region(from, to);
        while (ids.find()) {
            items.idInComment(new Place(lineNumber, ids.start() + 1));
        }
    }

    private int next(int position) {
        char c = line.charAt(position);
        if (c == '#' || line.startsWith("//", position)) {
            items.commentIgnored();
            commentText(position, line.length());
            return line.length();
        }
        if (line.startsWith("/*", position)) {
            items.commentIgnored();
            inBlockComment = true;
            return position + 2;
        }
        if (c >= '0' && c <= '9') {
            return number(position);
        }
        if (c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_') {
            return word(position);
        }
        punctuation(c, position);
        return position + 1;
    }

    private int word(int position) {
        RegisterNotation.Printed printed;
        try {
            printed = RegisterNotation.printedAt(line, position);
        } catch (IllegalArgumentException outOfRange) {
            throw refused(position, String.valueOf(outOfRange.getMessage()));
        }
        if (printed != null) {
            id(printed.id(), false, position);
            return printed.end();
        }
        Matcher word = WORD.matcher(line).region(position, line.length());
        if (!word.lookingAt()) {
            throw new IllegalStateException("a letter begins no word at " + place(position));
        }
        RegisterId named = named(word.group(), position);
        if (named != null && (atItem || current != null)) {
            id(named, true, position);
        } else if (atItem
                && current == null
                && LEVELLED_NAME.matcher(word.group()).matches()) {
            throw refused(
                    position,
                    "'" + abbreviated(word.group())
                            + "' is not the name of a register that is known here: write its ID,"
                            + " such as 0x603000000013c103 or S3_0_C2_C0_3");
        } else {
            unknownWord(word.group(), position);
        }
        return word.end();
    }

    private @Nullable RegisterId named(String word, int position) {
        if (GENERIC_NAME.matcher(word).matches()) {
            try {
                return RegisterId.parseLenient(word);
            } catch (IllegalArgumentException outOfRange) {
                throw refused(position, String.valueOf(outOfRange.getMessage()));
            }
        }
        boolean distinctive = word.indexOf('_') > 0 || word.equals(word.toUpperCase(java.util.Locale.ROOT));
        return distinctive ? RegisterNames.find(word) : null;
    }

    private void unknownWord(String word, int position) {
        if (valueMayBeCount) {
            throw refused(
                    position,
                    "'" + abbreviated(word) + "' follows a decimal number, so that may be a count and not the value of "
                            + current + ": write 'id = value'");
        }
        if (current != null
                && value == null
                && !interrupted
                && (assigned || currentIsBare)
                && HEX_DIGITS.matcher(word).matches()) {
            throw refused(position, "'" + word + "' may be the value of " + current + ": write it in hex after 0x");
        }
        items.wordIgnored();
        String lower = word.toLowerCase(java.util.Locale.ROOT);
        if (current != null && NOT_THERE.contains(lower)) {
            items.saidNotThere(place(position));
        }
        if (current != null && value == null && !lower.equals("value") && !lower.equals("val")) {
            interrupted = true;
        }
        // "REG TCR2_EL1" and "register TCR2_EL1" name a register, other prose does not.
        atItem = atItem && (lower.equals("reg") || lower.equals("register"));
    }

    private int number(int position) {
        Matcher number = NUMBER.matcher(line).region(position, line.length());
        if (!number.lookingAt()) {
            throw new IllegalStateException("a digit begins no number at " + place(position));
        }
        String written = number.group();
        boolean bareId = BARE_ID.matcher(written).matches();
        boolean bareValue = current != null
                && (PADDED_HEX.matcher(written).matches()
                        || currentIsBare
                                && value == null
                                && BARE_WORD.matcher(written).matches());
        String text = bareId || bareValue ? "0x" + written : written;
        Matcher hex = HEX.matcher(text);
        Matcher decimal = DECIMAL.matcher(text);
        if (hex.matches()) {
            String digits = hex.group(1).replace("_", "");
            RegisterId id = idShaped(digits);
            if (id != null) {
                id(id, false, position);
                currentIsBare = bareId;
            } else {
                hexNumber(digits, position);
            }
        } else if (decimal.matches()) {
            RegisterId id = decimalId(decimal.group(1));
            if (id != null) {
                id(id, false, position);
            } else {
                decimalNumber(decimal.group(1), position);
            }
        } else if (current != null && value == null && !interrupted) {
            throw refused(
                    position,
                    "'" + abbreviated(text) + "' follows a register ID but is no value: write hex digits after 0x, or a"
                            + " decimal number");
        } else {
            items.wordIgnored();
        }
        atItem = false;
        return number.end();
    }

    private static @Nullable RegisterId idShaped(String hex) {
        if (hex.length() != 18 || !BARE_ID.matcher(hex.substring(2)).matches()) {
            return null;
        }
        RegisterId id = new RegisterId(Long.parseUnsignedLong(hex.substring(2), 16));
        return hasRegisterShape(id.bits()) ? id : null;
    }

    private static @Nullable RegisterId decimalId(String digits) {
        if (digits.length() != 19) {
            return null;
        }
        BigInteger decimal = new BigInteger(digits);
        if (decimal.compareTo(SMALLEST_DECIMAL_ID) < 0) {
            return null;
        }
        long bits = decimal.longValue();
        return hasRegisterShape(bits) ? new RegisterId(bits) : null;
    }

    /** Architecture, size and coprocessor as KVM and TCG have them, and no bit set that they leave 0. */
    private static boolean hasRegisterShape(long bits) {
        long size = bits >>> 52 & 0xf;
        if ((bits >>> 60) == 6) {
            long coprocessor = bits >>> 16 & 0xfff;
            return (bits & 0x0f0f_ffff_f000_0000L) == 0
                    && size >= 2
                    && size <= 8
                    && coprocessor >= 0x10
                    && coprocessor <= 0x16;
        }
        return (bits >>> 60) == 4 && (bits & 0x0f0f_ffff_d000_0000L) == 0 && (size == 2 || size == 3);
    }

    private void hexNumber(String hex, int position) {
        if (current == null && !atItem && hex.length() - 2 < MISTYPED_ID) {
            items.numberIgnored(place(position));
            return;
        }
        if (current == null && OTHER_ARCHITECTURE.matcher(hex).matches()) {
            RegisterId other = new RegisterId(Long.parseUnsignedLong(hex.substring(2), 16));
            throw refused(
                    position,
                    "'" + hex + "' is a register ID of KVM on "
                            + other.encoding().architecture() + ": this registry knows arm64 hosts only");
        }
        if (current == null) {
            throw refused(
                    position,
                    "'" + abbreviated(hex) + "' is neither a register ID nor the value of one: an ID is 0x and 16 hex"
                            + " digits that begin with 602, 603, 402 or 403, such as 0x603000000013c103");
        }
        takeValue(hex, position, false);
    }

    private void decimalNumber(String digits, int position) {
        if (current == null) {
            items.numberIgnored(place(position));
            return;
        }
        if (value == null && !interrupted && digits.length() > 1 && digits.charAt(0) == '0') {
            throw refused(
                    position,
                    "'" + abbreviated(digits) + "' may be octal or decimal: write the value of " + current
                            + " in hex after 0x, or without leading zeros");
        }
        if (value == null && !interrupted && currentIsBare && digits.length() > 1) {
            throw refused(
                    position,
                    "'" + abbreviated(digits) + "' may be hexadecimal, as the ID " + current
                            + " before it, or decimal: write the value in hex after 0x");
        }
        takeValue(digits, position, true);
    }

    private void takeValue(String text, int position, boolean decimal) {
        if (interrupted) {
            items.numberIgnored(place(position));
            return;
        }
        if (value != null) {
            throw refused(
                    position,
                    "'" + abbreviated(text) + "' is a second number behind register ID " + current
                            + ", so it is not plain which is its value: write 'id = value', one a line");
        }
        value = text;
        valueMayBeCount = decimal && !assigned;
        if (!assigned) {
            items.pairWithoutSign(place(position));
        }
    }

    private void id(RegisterId id, boolean named, int position) {
        RegisterId before = current;
        if (before != null && (named || currentIsNamed) && before.equals(id)) {
            valueMayBeCount = false;
            atItem = false;
            return;
        }
        if (before != null) {
            if (assigned && value == null) {
                throw refused(
                        position,
                        id + " stands where the value of " + before
                                + " is expected, but looks like a register ID: write one register a line");
            }
            if (named != currentIsNamed) {
                throw refused(
                        position,
                        "the name " + (named ? id : before).name() + " and the ID " + (named ? before : id)
                                + " stand together but are two registers (the ID is that of "
                                + (named ? before : id).name() + "): correct one of them, or write one a line");
            }
            if (value == null) {
                items.neighbours(place(position));
            }
        }
        finishItem();
        current = id;
        currentIsNamed = named;
        currentPlace = place(position);
        atItem = false;
    }

    private void punctuation(char c, int position) {
        if (c == ' ' || c == '\t') {
            return;
        }
        boolean numberNext = position + 1 < line.length() && Character.isDigit(line.charAt(position + 1));
        if (c == '-' && numberNext && current != null && value == null && !interrupted) {
            throw refused(
                    position,
                    "the value of " + current + " is negative, but values are unsigned: write it in hex after 0x");
        }
        if ((c == '=' || c == ':') && current != null && value == null) {
            assigned = true;
        }
        if (NOT_THERE_MARKS.indexOf(c) >= 0 && current != null) {
            items.saidNotThere(place(position));
        }
        if (c == ';' && !numberNext && !isRow(position + 1) || c == '}' || c == ']') {
            finishItem();
        }
        valueMayBeCount = false;
        atItem = ITEM_OPENERS.indexOf(c) >= 0 || atItem && (c == '-' || c == '*' || c == '"' || c == '\'' || c == '.');
    }

    /** Whether what follows on the line are further cells of a spreadsheet's row, a number among them and no other ID. */
    private boolean isRow(int from) {
        String rest = line.substring(from);
        return CELL.matcher(rest).find() && !ID_IN_COMMENT.matcher(rest).find();
    }

    private void finishItem() {
        RegisterId finished = current;
        Place at = currentPlace;
        if (finished != null && at != null) {
            items.add(finished, value, at);
        }
        current = null;
        currentIsNamed = false;
        currentIsBare = false;
        currentPlace = null;
        value = null;
        assigned = false;
        interrupted = false;
        valueMayBeCount = false;
    }

    private Place place(int position) {
        return new Place(lineNumber, position + 1);
    }

    private org.migreg.capture.UnreadableCaptureException refused(int position, String message) {
        return PlainTextReader.refused(-1, place(position) + ": " + message);
    }

    private static String abbreviated(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
