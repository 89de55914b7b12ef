package org.migreg.api.account;

import static org.migreg.contract.InvalidFieldException.reading;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.migreg.access.NamePattern;
import org.migreg.accountstore.Account;
import org.migreg.accountstore.AccountDefinition;
import org.migreg.accountstore.AccountStore;
import org.migreg.accountstore.AccountToken;
import org.migreg.api.operation.Problems;
import org.migreg.api.operation.Versioned;
import org.migreg.api.operation.Writes;
import org.migreg.contract.EntityVersion;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.ItemsView;
import org.migreg.contract.Paging;
import org.migreg.contract.account.AccountBody;
import org.migreg.contract.account.AccountView;
import org.migreg.contract.account.NewTokenView;
import org.migreg.contract.account.TokenBody;
import org.migreg.contract.problem.ProblemType;
import org.migreg.history.ExpectedVersion;
import org.migreg.web.WriteHeader;
import org.migreg.web.WriteHeaders;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/accounts")
@Tag(name = "Accounts", description = "Who may do what, and their tokens. No revision is made of them.")
class AccountController {

    private final AccountStore accounts;

    AccountController(AccountStore accounts) {
        this.accounts = accounts;
    }

    @GetMapping
    @Operation(operationId = "listAccounts", summary = "List accounts", description = "By name, with their tokens.")
    @Problems(ProblemType.DATABASE_UNAVAILABLE)
    ItemsView<AccountView> list(@ParameterObject Paging paging) {
        Instant now = Instant.now();
        return paging.of(accounts.all(), 1000).map(account -> view(account, now));
    }

    @PostMapping
    @Writes(WriteHeader.AUTHOR)
    @Operation(
            operationId = "createAccount",
            summary = "Make an account",
            description = "It has no token yet.",
            responses = @ApiResponse(responseCode = "201", description = "Made; its ETag and address in the headers."))
    @Problems({ProblemType.ACCOUNT_EXISTS, ProblemType.TOKENS_IN_USE})
    ResponseEntity<AccountView> create(@RequestBody AccountBody body, WriteHeaders headers) {
        String name = body.name();
        if (name == null) {
            throw new InvalidFieldException("name", null, "an account has a name, such as nova-scheduler");
        }
        AccountDefinition definition = definition(name, body);
        Account made = accounts.create(definition, headers.author());
        return answer(ResponseEntity.created(URI.create("/api/v1/accounts/" + made.name())), made);
    }

    @GetMapping("/{name}")
    @Versioned
    @Operation(
            operationId = "getAccount",
            summary = "Get an account with its tokens",
            description = "Its ETag is in the headers.")
    @Problems({ProblemType.UNKNOWN_ACCOUNT, ProblemType.DATABASE_UNAVAILABLE})
    ResponseEntity<AccountView> get(@Parameter(example = "nova-scheduler") @PathVariable String name) {
        Account account = accounts.get(name);
        // Tokens come and go while the account stays.
        return ResponseEntity.ok()
                .eTag(new EntityVersion(account.version()).etagWith(account.tokens()))
                .body(view(account, Instant.now()));
    }

    @PutMapping("/{name}")
    @Writes(WriteHeader.IF_MATCH)
    @Operation(
            operationId = "replaceAccount",
            summary = "Change what an account may do",
            description = "The whole definition; its tokens follow within seconds, at every instance.")
    @Problems({ProblemType.UNKNOWN_ACCOUNT, ProblemType.PRECONDITION_REQUIRED})
    ResponseEntity<AccountView> replace(
            @Parameter(example = "nova-scheduler") @PathVariable String name,
            @RequestBody AccountBody body,
            WriteHeaders headers) {
        ExpectedVersion expected = headers.expected();
        if (body.name() != null && !body.name().equals(name)) {
            throw new InvalidFieldException(
                    "name",
                    body.name(),
                    "an account keeps its name, '" + name + "': leave this out, or make another one");
        }
        return answer(ResponseEntity.ok(), accounts.replace(definition(name, body), expected));
    }

    @DeleteMapping("/{name}")
    @Writes(WriteHeader.IF_MATCH)
    @Operation(
            operationId = "deleteAccount",
            summary = "Delete an account",
            description = "For good; its tokens are no longer taken, within seconds at every instance.",
            responses = @ApiResponse(responseCode = "204", description = "Deleted."))
    @Problems({ProblemType.UNKNOWN_ACCOUNT, ProblemType.PRECONDITION_REQUIRED})
    ResponseEntity<Void> delete(
            @Parameter(example = "nova-scheduler") @PathVariable String name, WriteHeaders headers) {
        accounts.delete(name, headers.expected());
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/{name}/tokens")
    @ResponseStatus(HttpStatus.CREATED)
    @Writes(WriteHeader.AUTHOR)
    @Operation(
            operationId = "createToken",
            summary = "Make a token of an account",
            description =
                    "It is in the answer and nowhere else. Two may be live, so that one can take the other's place: make"
                            + " the new one, use it, revoke the old one.",
            responses = @ApiResponse(responseCode = "201", description = "Made."))
    @Problems({ProblemType.UNKNOWN_ACCOUNT, ProblemType.TOKENS_IN_USE})
    NewTokenView createToken(
            @Parameter(example = "nova-scheduler") @PathVariable String name,
            @RequestBody TokenBody body,
            WriteHeaders headers) {
        Integer days = body.expiresInDays();
        Duration life = days == null ? AccountStore.USUAL_LIFE : Duration.ofDays(days);
        AccountStore.NewToken made =
                reading("expiresInDays", String.valueOf(days), () -> accounts.issue(name, life, headers.author()));
        return new NewTokenView(
                made.kept().id(), made.token().secretText(), made.kept().expiresAt());
    }

    @DeleteMapping("/{name}/tokens/{id}")
    @Writes({})
    @Operation(
            operationId = "revokeToken",
            summary = "Revoke a token",
            description =
                    "It is no longer taken, within seconds at every instance; so are sessions that began with it.",
            responses = @ApiResponse(responseCode = "204", description = "Revoked."))
    @Problems({ProblemType.UNKNOWN_ACCOUNT, ProblemType.UNKNOWN_TOKEN})
    ResponseEntity<Void> revokeToken(
            @Parameter(example = "nova-scheduler") @PathVariable String name,
            @Parameter(example = "0123456789ab") @PathVariable String id) {
        accounts.revoke(name, id);
        return ResponseEntity.noContent().build();
    }

    private static AccountDefinition definition(String name, AccountBody body) {
        NamePattern hosts = AccountBody.pattern("hosts", body.hosts());
        String description = Objects.requireNonNullElse(body.description(), "").strip();
        reading("name", name, () -> AccountDefinition.requireName(name));
        return reading(
                "description",
                description,
                () -> new AccountDefinition(
                        name,
                        reading("hosts", null, () -> AccountDefinition.requireHosts(body.role(), hosts)),
                        AccountBody.pattern("machineTypes", body.machineTypes()),
                        hosts,
                        Boolean.TRUE.equals(body.speaksForOthers()),
                        description));
    }

    private static ResponseEntity<AccountView> answer(ResponseEntity.BodyBuilder answer, Account account) {
        return answer.eTag(new EntityVersion(account.version()).etagWith(account.tokens()))
                .body(view(account, Instant.now()));
    }

    private static AccountView view(Account account, Instant now) {
        AccountDefinition definition = account.definition();
        return new AccountView(
                definition.name(),
                definition.role(),
                Objects.toString(definition.machineTypes(), null),
                Objects.toString(definition.hosts(), null),
                definition.speaksForOthers(),
                definition.description(),
                account.createdAt(),
                account.createdBy(),
                account.tokens().stream().map(token -> view(token, now)).toList());
    }

    private static AccountView.TokenView view(AccountToken token, Instant now) {
        return new AccountView.TokenView(
                token.id(),
                token.stateAt(now).name(),
                token.createdAt(),
                token.createdBy(),
                token.expiresAt(),
                token.revokedAt(),
                token.lastUsedAt());
    }
}
