package org.migreg.dashboard.captures;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureId;
import org.migreg.capture.ReadCapture;
import org.migreg.capture.SaidOfHost;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.capturestore.Added;
import org.migreg.capturestore.CaptureStore;
import org.migreg.contract.capture.CaptureSummary;
import org.migreg.contract.capture.IntakeView;
import org.migreg.format.CaptureFormats;
import org.migreg.format.reading.FileContent;
import org.migreg.question.intake.CaptureIntake;
import org.springframework.web.multipart.MultipartFile;

/** Files that were given, as far as they can be understood. */
public final class Upload {

    /**
     * One file.
     *
     * @param items its captures; none where there is a problem
     * @param problem why it cannot be taken; null where it can
     */
    public record FileReading(
            String name,
            List<IntakeView.Item> items,
            @Nullable String problem) {}

    /**
     * What came of all files.
     *
     * @param stored whether they are in the registry now; else this was a look, or something was wrong
     * @param created how many were not there before
     */
    public record Outcome(List<FileReading> files, boolean stored, int created) {
        public boolean isFine() {
            return files.stream().allMatch(file -> file.problem() == null);
        }

        public int captures() {
            return files.stream().mapToInt(file -> file.items().size()).sum();
        }
    }

    private record ReadFile(
            String name, List<ReadCapture> reads, @Nullable String problem) {}

    private static final String LOG =
            "This is what QEMU printed of a migration, which names the registers that did not fit and no host's list:"
                    + " paste it under Diagnose.";

    private final List<ReadFile> files = new ArrayList<>();

    static Upload of(List<MultipartFile> files, SaidOfHost ofTheCaller) {
        Upload upload = new Upload();
        for (MultipartFile file : files) {
            upload.files.add(read(file, ofTheCaller));
        }
        return upload;
    }

    private static ReadFile read(MultipartFile file, SaidOfHost ofTheCaller) {
        String name = Objects.requireNonNullElse(file.getOriginalFilename(), "file");
        try (InputStream content = file.getInputStream()) {
            return switch (CaptureFormats.open(content)) {
                case FileContent.Captures captures ->
                    new ReadFile(name, CaptureIntake.captures(captures, ofTheCaller), null);
                case FileContent.Log log -> new ReadFile(name, List.of(), LOG);
            };
        } catch (UnreadableCaptureException | IllegalArgumentException | IOException refused) {
            return new ReadFile(name, List.of(), String.valueOf(refused.getMessage()));
        }
    }

    boolean isFine() {
        return files.stream().allMatch(file -> file.problem() == null);
    }

    /** What storing it would do. */
    Outcome look(CaptureStore store) {
        Set<CaptureId> given = new HashSet<>();
        return new Outcome(
                readings((file, read) -> {
                    CaptureId id = read.capture().id();
                    boolean isNew = given.add(id) && store.byId(id).isEmpty();
                    return IntakeView.Item.of(file, read, CaptureSummary.of(id.text(), read.capture()), isNew);
                }),
                false,
                0);
    }

    /** Stores all of it, as one revision. */
    Outcome store(CaptureStore store, String author, String reason) {
        List<Capture> captures = files.stream()
                .flatMap(file -> file.reads().stream())
                .map(ReadCapture::capture)
                .toList();
        Added added = store.add(captures, author, reason);
        Iterator<Added.Item> stored = added.items().iterator();
        return new Outcome(
                readings((file, read) -> {
                    Added.Item item = stored.next();
                    return IntakeView.Item.of(file, read, CaptureSummary.of(item.stored()), item.created());
                }),
                true,
                added.created());
    }

    private List<FileReading> readings(BiFunction<String, ReadCapture, IntakeView.Item> item) {
        return files.stream()
                .map(file -> new FileReading(
                        file.name(),
                        file.reads().stream()
                                .map(read -> item.apply(file.name(), read))
                                .toList(),
                        file.problem()))
                .toList();
    }
}
