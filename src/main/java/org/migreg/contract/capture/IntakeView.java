package org.migreg.contract.capture;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.Normalisation;
import org.migreg.capture.ReadCapture;
import org.migreg.contract.diagnosis.DiagnosisView;
import org.migreg.register.RegisterId;
import org.migreg.register.RegisterNames;

/** What was understood of posted captures. */
@Schema(name = "CaptureIntake")
public record IntakeView(
        @Schema(nullable = true, description = "The capture's id, where exactly one was posted.") @Nullable
        String id,

        @Schema(description = "Whether nothing was stored on purpose.")
        boolean dryRun,

        @Schema(description = "How many captures were not known before.", minimum = "0")
        int created,

        List<Item> items,

        @Schema(description = "What logs of migrations among the files mean; nothing of them is stored.")
        List<Log> logs) {

    /** The log of a failed migration, which names registers but is no host's list. */
    @Schema(name = "CaptureIntakeLog")
    public record Log(
            @Schema(nullable = true, description = "The file's name, in a request of several.") @Nullable
            String file,

            @Schema(example = "qemu-log") String format,

            @Schema(description = "How many registers it names.", minimum = "0")
            int registerCount,

            DiagnosisView diagnosis) {

        public static Log of(@Nullable String file, String format, DiagnosisView diagnosis) {
            return new Log(file, format, diagnosis.registers().size(), diagnosis);
        }
    }

    /** One capture of a file. */
    @Schema(name = "CaptureIntakeItem")
    public record Item(
            @Schema(nullable = true, description = "The file's name, in a request of several.") @Nullable
            String file,

            @Schema(example = "migreg-json") String format,

            @Schema(description = "False where the same capture was there already, or stands earlier in the request.")
            boolean created,

            CaptureSummary capture,

            @Schema(description = "How many vCPUs' lists the file has.", minimum = "1")
            int vcpus,

            @Schema(description = "Where other vCPUs' lists differ from the first's.")
            List<String> disagreements,

            @Schema(description = "Registers without a name of the architecture or kernel.")
            List<String> unnamedRegisters,

            Dropped dropped,

            @Schema(description = "Anything else a person should know.")
            List<String> remarks) {
        public static Item of(@Nullable String file, ReadCapture read, CaptureSummary capture, boolean created) {
            CaptureReading reading = read.reading();
            Normalisation normalisation = reading.normalisation();
            return new Item(
                    file,
                    read.format(),
                    created,
                    capture,
                    reading.vcpus().size(),
                    reading.disagreements(),
                    reading.registers().ids().stream()
                            .filter(id -> RegisterNames.lookUp(id) == null)
                            .map(RegisterId::toString)
                            .toList(),
                    new Dropped(normalisation.droppedCore(), normalisation.droppedSve(), normalisation.repeated()),
                    reading.remarks());
        }
    }

    /** What normalisation took out of the list. */
    @Schema(name = "DroppedRegisters")
    public record Dropped(
            @Schema(description = "CORE registers, which QEMU migrates elsewhere.", minimum = "0")
            int core,

            @Schema(description = "SVE registers, which QEMU migrates elsewhere.", minimum = "0")
            int sve,

            @Schema(description = "Registers that stood more than once.", minimum = "0")
            int repeated) {}
}
