import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.model.ChangedOperation;

/**
 * Ends with 1 where the contract breaks what a release of the same major version promised:
 * {@code java ReleasedContracts.java openapi/released openapi/openapi.yaml VERSION}.
 */
final class ReleasedContracts {

    private static final Pattern RELEASED = Pattern.compile("(\\d+)\\.\\d+\\.yaml");

    public static void main(String[] arguments) throws IOException {
        Path contract = Path.of(arguments[1]);
        String major = arguments[2].replaceFirst("\\..*", "");
        boolean broken = false;
        for (Path released : released(Path.of(arguments[0]), major)) {
            ChangedOpenApi change = OpenApiCompare.fromLocations(released.toString(), contract.toString());
            if (change.isIncompatible()) {
                broken = true;
                System.err.println(contract + " breaks what " + released + " promised:");
                change.getMissingEndpoints()
                        .forEach(gone -> System.err.println("  gone: " + gone.getMethod() + " " + gone.getPathUrl()));
                change.getChangedOperations().stream()
                        .filter(ChangedOperation::isIncompatible)
                        .forEach(operation -> System.err.println(
                                "  changed: " + operation.getHttpMethod() + " " + operation.getPathUrl()));
            } else {
                System.out.println(contract + " keeps what " + released + " promised");
            }
        }
        System.exit(broken ? 1 : 0);
    }

    private static List<Path> released(Path directory, String major) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> {
                        Matcher name = RELEASED.matcher(file.getFileName().toString());
                        return name.matches() && name.group(1).equals(major);
                    })
                    .sorted()
                    .toList();
        }
    }
}
