package org.migreg.api.operation;

import static org.migreg.contract.InvalidFieldException.reading;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.capture.ReadCapture;
import org.migreg.capture.SaidOfHost;
import org.migreg.capture.UnreadableCaptureException;
import org.migreg.contract.InvalidFieldException;
import org.migreg.format.CaptureFormats;
import org.migreg.format.qemulog.LogReading;
import org.migreg.format.qemulog.QemuLogReader;
import org.migreg.format.reading.FileContent;
import org.migreg.question.intake.CaptureIntake;
import org.springframework.web.multipart.MultipartFile;

/**
 * What stands in a request: in its body, or in each of its files; what cannot be read is refused by the file's name.
 */
public final class PostedFiles {

    /** A capture and the file that it stood in; null where it was the body. */
    public record PostedCapture(@Nullable String file, ReadCapture read) {}

    /** The log of a migration, by the loads that it shows, and its file. */
    public record PostedLog(@Nullable String file, List<LogReading> loads) {
        public PostedLog {
            loads = List.copyOf(loads);
        }
    }

    private final List<PostedCapture> captures = new ArrayList<>();
    private final List<PostedLog> logs = new ArrayList<>();
    private final SaidOfHost ofTheCaller;

    private PostedFiles(SaidOfHost ofTheCaller) {
        this.ofTheCaller = ofTheCaller;
    }

    public List<PostedCapture> captures() {
        return List.copyOf(captures);
    }

    public List<PostedLog> logs() {
        return List.copyOf(logs);
    }

    public static PostedFiles body(InputStream content, SaidOfHost ofTheCaller) throws IOException {
        PostedFiles posted = new PostedFiles(ofTheCaller);
        posted.take(null, CaptureFormats.open(content));
        return posted;
    }

    public static PostedFiles files(List<MultipartFile> files, SaidOfHost ofTheCaller) throws IOException {
        PostedFiles posted = new PostedFiles(ofTheCaller);
        forEach(files, (name, content) -> posted.take(name, CaptureFormats.open(content)));
        return posted;
    }

    /** The captures of a body that may hold no log. */
    public static List<PostedCapture> guest(InputStream content) throws IOException {
        PostedFiles posted = new PostedFiles(SaidOfHost.NOTHING);
        posted.take(null, CaptureFormats.open(content).captures());
        return posted.captures();
    }

    /** The captures of files none of which may hold a log. */
    public static List<PostedCapture> guests(List<MultipartFile> files) throws IOException {
        PostedFiles posted = new PostedFiles(SaidOfHost.NOTHING);
        forEach(
                files,
                (name, content) ->
                        posted.take(name, CaptureFormats.open(content).captures()));
        return posted.captures();
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
                throw refused.in(name);
            }
        }
    }

    private void take(@Nullable String file, FileContent content) {
        switch (content) {
            case FileContent.Captures found ->
                reading(file == null ? "body" : file, null, () -> CaptureIntake.captures(found, ofTheCaller))
                        .forEach(read -> captures.add(new PostedCapture(file, read)));
            case FileContent.Log found -> logs.add(new PostedLog(file, QemuLogReader.loads(found.text())));
        }
    }
}
