package org.migreg.api;

import static org.migreg.contract.InvalidFieldException.reading;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.Capture;
import org.migreg.capture.CaptureReading;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.check.intake.CaptureIntake;
import org.migreg.check.intake.IntakeMetadata;
import org.migreg.contract.InvalidFieldException;
import org.springframework.web.multipart.MultipartFile;

/** Reads the captures in a request: its body, or each of its files; what cannot be read is refused by the file's name. */
final class PostedFiles {

    private PostedFiles() {}

    /** A capture and the file that it stood in; null where it was the body. */
    record ReadCapture(@Nullable String file, CaptureReading reading, Capture capture) {}

    static List<ReadCapture> body(InputStream content, IntakeMetadata metadata) throws IOException {
        return read(null, content, metadata);
    }

    static List<ReadCapture> files(List<MultipartFile> files, IntakeMetadata metadata) throws IOException {
        List<ReadCapture> read = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            MultipartFile file = files.get(i);
            String given = file.getOriginalFilename();
            String name = given == null || given.isBlank() ? "file[" + i + "]" : given;
            try (InputStream content = file.getInputStream()) {
                read.addAll(read(name, content, metadata));
            } catch (UnreadableCaptureException refused) {
                throw new UnreadableFileException(name, refused);
            }
        }
        if (read.isEmpty()) {
            throw new InvalidFieldException("file", null, "give at least one part named 'file'");
        }
        return read;
    }

    private static List<ReadCapture> read(@Nullable String file, InputStream content, IntakeMetadata metadata)
            throws IOException {
        List<ReadCapture> read = new ArrayList<>();
        for (CaptureReading found : CaptureIntake.read(content)) {
            Capture capture = reading(file == null ? "body" : file, null, () -> CaptureIntake.capture(found, metadata));
            read.add(new ReadCapture(file, found, capture));
        }
        return read;
    }
}
