package org.migreg.maintenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes, lists and revokes tokens of accounts at the running service, and rotates the first administrator's. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description =
                "Makes, lists and revokes tokens of accounts. The service must run; its data directory has the token by"
                        + " which this asks it.")
final class TokenCommands {

    private static final String ACCOUNTS = "/api/v1/accounts";

    /** Set by picocli. */
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Maintenance parent;

    private ServiceCalls service() {
        return new ServiceCalls(parent.database());
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description =
                    "Makes a token of an account, and the account where a role is given and it is not there. Prints the"
                            + " token, which is not to be had again.")
    int create(
            @Parameters(paramLabel = "ACCOUNT", description = "such as nova-scheduler") String account,
            @Option(names = "--role", description = "viewer, evaluator, editor, publisher, admin, collector or agent")
                    @Nullable
                    String role,
            @Option(names = "--machine-types", description = "those that it may write, such as virt-rhel*") @Nullable
                    String machineTypes,
            @Option(names = "--hosts", description = "those of which it may record something") @Nullable String hosts,
            @Option(names = "--days", defaultValue = "90", description = "how long the token lives: 1 to 366")
                    int days) {
        return parent.done(() -> {
            ServiceCalls service = service();
            if (role != null && !exists(service, account)) {
                Map<String, String> definition = new LinkedHashMap<>(Map.of("name", account, "role", role));
                if (machineTypes != null) {
                    definition.put("machineTypes", machineTypes);
                }
                if (hosts != null) {
                    definition.put("hosts", hosts);
                }
                service.call("POST", ACCOUNTS, JsonMapper.shared().writeValueAsString(definition));
            }
            return service.call("POST", ACCOUNTS + "/" + name(account) + "/tokens", "{\"expiresInDays\": " + days + "}")
                    .get("token")
                    .asString();
        });
    }

    private static boolean exists(ServiceCalls service, String account) throws IOException, InterruptedException {
        return accounts(service).stream()
                .anyMatch(each -> each.get("name").asString().equals(account));
    }

    private static List<JsonNode> accounts(ServiceCalls service) throws IOException, InterruptedException {
        List<JsonNode> accounts = new ArrayList<>();
        JsonNode page;
        do {
            page = service.call("GET", ACCOUNTS + "?limit=1000&offset=" + accounts.size(), null);
            page.get("items").forEach(accounts::add);
        } while (accounts.size() < page.get("total").asInt()
                && !page.get("items").isEmpty());
        return accounts;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists accounts and their tokens.")
    int list() {
        return parent.done(() -> {
            StringBuilder lines = new StringBuilder(String.format(
                    "%-30s %-10s %-20s %-8s %-20s %s", "ACCOUNT", "ROLE", "TOKEN", "STATE", "EXPIRES", "LAST USED"));
            for (JsonNode account : accounts(service())) {
                String name = account.get("name").asString();
                String role = account.get("role").asString().toLowerCase(Locale.ROOT);
                if (account.get("tokens").isEmpty()) {
                    lines.append(String.format("%n%-30s %-10s %-20s", name, role, "none"));
                }
                for (JsonNode token : account.get("tokens")) {
                    lines.append(String.format(
                            "%n%-30s %-10s %-20s %-8s %-20.19s %.19s",
                            name,
                            role,
                            "mgr_" + token.get("id").asString(),
                            token.get("state").asString().toLowerCase(Locale.ROOT),
                            token.get("expiresAt").asString(),
                            token.path("lastUsedAt").asString("never")));
                }
            }
            return lines.toString();
        });
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a token.")
    int revoke(
            @Parameters(paramLabel = "ACCOUNT") String account,
            @Parameters(paramLabel = "ID", description = "the 12 characters behind mgr_") String id) {
        return parent.done(() -> {
            String bare = id.startsWith("mgr_") ? id.substring(4) : id;
            service().call("DELETE", ACCOUNTS + "/" + name(account) + "/tokens/" + name(bare), null);
            return "mgr_" + bare + " is revoked";
        });
    }

    private static String name(String text) {
        if (!text.matches("[A-Za-z0-9._@-]+")) {
            throw new MaintenanceException("'" + text + "' is no name: it has letters, digits and . _ @ -");
        }
        return text;
    }

    @Command(
            name = "rotate-admin",
            mixinStandardHelpOptions = true,
            description =
                    "Puts another token into the file admin-token, which a running service takes within a second.")
    int rotateAdmin() {
        Callable<String> rotate = () -> {
            Path file = parent.database().dataDirectory().resolve("admin-token");
            if (!Files.exists(file)) {
                throw new MaintenanceException(file + " is not there: the first start of the service makes it");
            }
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            Path next = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "admin-token",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
            Files.writeString(next, text, StandardCharsets.US_ASCII);
            keepOwner(file, next);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return file + " has another token";
        };
        return parent.done(rotate);
    }

    /** Root may rotate what the service's own user must read. */
    private static void keepOwner(Path file, Path next) throws IOException {
        if (!Files.getOwner(file).equals(Files.getOwner(next))) {
            Files.setOwner(next, Files.getOwner(file));
        }
    }
}
