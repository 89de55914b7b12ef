package org.migreg.format.qemucommandline;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.ReadingMemory;
import org.migreg.policy.exchange.QemuArguments;
import org.migreg.policy.exchange.TableImport;
import org.migreg.policy.exchange.UnreadableTableException;

/** Reads a QEMU's command line, whole or in part, as somebody types it into a shell. */
public final class CommandLineReader {

    private static final String RATIONALE = "Imported from a QEMU command line, which gives no reasons.";

    private CommandLineReader() {}

    /**
     * What the command line says.
     *
     * @throws UnreadableTableException with line and column, where a shell or QEMU would refuse the text,
     *     where a property is set twice, or where the shell would have to replace something
     */
    public static QemuArguments read(String text) {
        ReadingMemory.take(ReadingMemory.toTokenize(text));
        List<ShellWords.Word> words = ShellWords.split(text);
        // A shell takes assignments before the command for its environment.
        int first = 0;
        while (first < words.size() && words.get(first).text().matches("[A-Za-z_][A-Za-z0-9_]*=.*")) {
            first++;
        }
        List<ShellWords.Word> command = words.subList(first, words.size());
        try {
            return QemuArguments.parse(
                    command.stream().map(ShellWords.Word::text).toList());
        } catch (QemuArguments.RefusedArgumentException refused) {
            ShellWords.Word word = command.get(refused.argument());
            throw new UnreadableTableException(
                    word.lineOf(refused.position()),
                    word.columnOf(refused.position()),
                    String.valueOf(refused.getMessage()));
        }
    }

    /**
     * The compat properties as entries for every host.
     *
     * @param machineTypeIfNone the machine type if the command line names none
     * @throws UnreadableTableException as above, and if no machine type is known
     */
    public static TableImport readEntries(String text, @Nullable String machineTypeIfNone) {
        QemuArguments arguments = read(text);
        try {
            return arguments.toImport(machineTypeIfNone, RATIONALE);
        } catch (IllegalArgumentException refused) {
            throw new UnreadableTableException(0, 0, String.valueOf(refused.getMessage()));
        }
    }
}
