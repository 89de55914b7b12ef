import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays out what the packages hold: {@code java Stage.java migreg.jar DIRECTORY} makes app, runtime and doc there. */
final class Stage {

    /** What no class refers to, and yet is used: other character sets, zip files as directories, jcmd for who looks. */
    private static final String BESIDE = "jdk.charsets,jdk.zipfs,jdk.jcmd";

    private static final List<String> DOCUMENTS =
            List.of("CHANGELOG.md", "LICENSE", "docs/operations.md", "docs/access.md", "docs/storage.md", "docs/errors.md");

    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of(arguments[0]);
        Path stage = Path.of(arguments[1]);
        delete(stage);
        Files.createDirectories(stage.resolve("doc"));
        Path app = stage.resolve("app");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        run(java, "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", app.toString());
        String modules = tool(
                "jdeps",
                "--print-module-deps",
                "--ignore-missing-deps",
                "--multi-release",
                String.valueOf(Runtime.version().feature()),
                "--recursive",
                "--class-path",
                libraries(app.resolve("lib")),
                app.resolve("migreg.jar").toString());
        tool(
                "jlink",
                "--add-modules",
                modules.strip() + "," + BESIDE,
                "--output",
                stage.resolve("runtime").toString(),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--generate-cds-archive");
        List<Path> documents = new ArrayList<>(DOCUMENTS.stream().map(Path::of).toList());
        documents.add(Path.of("packaging/copyright"));
        documents.add(Path.of("docs/alerts.yaml"));
        documents.add(stage.resolveSibling("THIRD-PARTY.txt"));
        for (Path document : documents) {
            Files.copy(
                    document,
                    stage.resolve("doc").resolve(document.getFileName()),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String libraries(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static String tool(String name, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = ToolProvider.findFirst(name)
                .orElseThrow(() -> new IllegalStateException("a JDK with " + name + " is needed"))
                .run(new PrintWriter(out), new PrintWriter(err), arguments);
        if (code != 0) {
            throw new IllegalStateException(name + " ended with " + code + ": " + out + err);
        }
        return out.toString();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
