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
import org.migreg.contract.InvalidFieldException;
import org.migreg.format.qemulog.LogReading;
import org.migreg.question.intake.CaptureIntake;
import org.migreg.question.intake.FileContent;
import org.migreg.question.intake.IntakeMetadata;
import org.springframework.web.multipart.MultipartFile;

/**
 * What stands in a request: in its body, or in each of its files; what cannot be read is refused by the file's name.
 */
record PostedFiles(List<ReadCapture> captures, List<ReadLog> logs) {

    PostedFiles {
        captures = List.copyOf(captures);
        logs = List.copyOf(logs);
    }

    /** A capture and the file that it stood in; null where it was the body. */
    record ReadCapture(@Nullable String file, CaptureReading reading, Capture capture) {}

    /** The log of a migration and its file. */
    record ReadLog(@Nullable String file, LogReading log) {}

    static PostedFiles body(InputStream content, IntakeMetadata metadata) throws IOException {
        List<ReadCapture> captures = new ArrayList<>();
        List<ReadLog> logs = new ArrayList<>();
        read(null, CaptureIntake.open(content), metadata, captures, logs);
        return new PostedFiles(captures, logs);
    }

    static PostedFiles files(List<MultipartFile> files, IntakeMetadata metadata) throws IOException {
        List<ReadCapture> captures = new ArrayList<>();
        List<ReadLog> logs = new ArrayList<>();
        forEach(files, (name, content) -> read(name, CaptureIntake.open(content), metadata, captures, logs));
        return new PostedFiles(captures, logs);
    }

    /** The captures of a body that may hold no log. */
    static List<ReadCapture> guest(InputStream content) throws IOException {
        List<ReadCapture> captures = new ArrayList<>();
        read(null, CaptureIntake.read(content), IntakeMetadata.NONE, captures);
        return captures;
    }

    /** The captures of files none of which may hold a log. */
    static List<ReadCapture> guests(List<MultipartFile> files) throws IOException {
        List<ReadCapture> captures = new ArrayList<>();
        forEach(files, (name, content) -> read(name, CaptureIntake.read(content), IntakeMetadata.NONE, captures));
        return captures;
    }

    private interface FileReading {
        void read(String name, InputStream content) throws IOException;
    }

    private static void forEach(List<MultipartFile> files, FileReading reading) throws IOException {
        if (files.isEmpty()) {
            throw new InvalidFieldException("file", null, "give at least one part named 'file'");
        }
        for (int i = 0; i < files.size(); i++) {
            MultipartFile file = files.get(i);
            String given = file.getOriginalFilename();
            String name = given == null || given.isBlank() ? "file[" + i + "]" : given;
            try (InputStream content = file.getInputStream()) {
                reading.read(name, content);
            } catch (UnreadableCaptureException refused) {
                throw new UnreadableFileException(name, refused);
            }
        }
    }

    private static void read(
            @Nullable String file,
            FileContent content,
            IntakeMetadata metadata,
            List<ReadCapture> captures,
            List<ReadLog> logs) {
        switch (content) {
            case FileContent.Captures found -> read(file, found.readings(), metadata, captures);
            case FileContent.Log found -> logs.add(new ReadLog(file, found.log()));
        }
    }

    private static void read(
            @Nullable String file, List<CaptureReading> readings, IntakeMetadata metadata, List<ReadCapture> captures) {
        for (CaptureReading found : readings) {
            Capture capture = reading(file == null ? "body" : file, null, () -> CaptureIntake.capture(found, metadata));
            captures.add(new ReadCapture(file, found.withRemarks(CaptureIntake.overruled(found, metadata)), capture));
        }
    }
}
