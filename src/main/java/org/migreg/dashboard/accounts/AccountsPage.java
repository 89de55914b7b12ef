package org.migreg.dashboard.accounts;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.migreg.access.Role;
import org.migreg.accountstore.Account;
import org.migreg.accountstore.AccountDefinition;
import org.migreg.accountstore.AccountExistsException;
import org.migreg.accountstore.AccountStore;
import org.migreg.accountstore.TokensInUseException;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.account.AccountBody;
import org.migreg.dashboard.SentForm;
import org.migreg.history.ExpectedVersion;
import org.migreg.revision.StaleVersionException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who may do what: accounts, and their tokens. */
@Controller
public record AccountsPage(AccountStore accounts) {

    /** What is typed of an account. */
    public record Form(
            String name,
            String role,
            String machineTypes,
            String hosts,
            // Browsers send nothing of a box that is not ticked.
            @Nullable Boolean speaksForOthers,
            String description) {

        static Form blank() {
            return new Form("", Role.VIEWER.toString(), "", "", false, "");
        }

        static Form of(AccountDefinition definition) {
            return new Form(
                    definition.name(),
                    definition.role().toString(),
                    definition.machineTypes() == null
                            ? ""
                            : definition.machineTypes().text(),
                    definition.hosts() == null ? "" : definition.hosts().text(),
                    definition.speaksForOthers(),
                    definition.description());
        }

        AccountDefinition definition(String of) {
            return new AccountDefinition(
                    of,
                    Role.of(role).orElseThrow(() -> new IllegalArgumentException("'" + role + "' is no role")),
                    AccountBody.pattern("machineTypes", machineTypes),
                    AccountBody.pattern("hosts", hosts),
                    Boolean.TRUE.equals(speaksForOthers),
                    description.strip());
        }
    }

    @GetMapping("/accounts")
    String list(Model model) {
        return list(Form.blank(), model);
    }

    private String list(Form form, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("roles", Role.values());
        model.addAttribute("accounts", accounts.all());
        model.addAttribute("now", Instant.now());
        return "accounts/list";
    }

    @PostMapping("/accounts")
    String create(@ModelAttribute Form form, SentForm sent, Model model) {
        try {
            Account made = accounts.create(form.definition(form.name().strip()), sent.author());
            return sent.done(
                    "Account " + made.name() + " is made. It has no token yet.", null, "/accounts/{name}", made.name());
        } catch (AccountExistsException
                | TokensInUseException
                | IllegalArgumentException
                | InvalidFieldException refused) {
            sent.refuse(HttpStatus.UNPROCESSABLE_CONTENT, "refusal", refused.getMessage());
            return list(form, model);
        }
    }

    @GetMapping("/accounts/{name}")
    String show(@PathVariable String name, Model model) {
        Account account = accounts.get(name);
        return show(account, Form.of(account.definition()), model);
    }

    private static String show(Account account, Form form, Model model) {
        model.addAttribute("account", account);
        model.addAttribute("form", form);
        model.addAttribute("roles", Role.values());
        model.addAttribute("now", Instant.now());
        return "accounts/account";
    }

    @PostMapping("/accounts/{name}")
    String replace(
            @PathVariable String name,
            @RequestParam long version,
            @ModelAttribute Form form,
            SentForm sent,
            Model model) {
        try {
            accounts.replace(form.definition(name), ExpectedVersion.of(version));
            return sent.done("Account " + name + " is changed.", null, "/accounts/{name}", name);
        } catch (StaleVersionException | IllegalArgumentException | InvalidFieldException refused) {
            sent.refuse(HttpStatus.UNPROCESSABLE_CONTENT, "refusal", refused.getMessage());
            return show(accounts.get(name), form, model);
        }
    }

    @PostMapping("/accounts/{name}/delete")
    String delete(@PathVariable String name, @RequestParam long version, SentForm sent, Model model) {
        try {
            accounts.delete(name, ExpectedVersion.of(version));
            return sent.done("Account " + name + " is deleted, and its tokens are no longer taken.", null, "/accounts");
        } catch (StaleVersionException refused) {
            sent.refuse(HttpStatus.CONFLICT, "refusal", refused.getMessage());
            return show(name, model);
        }
    }

    /** The token is on the page that answers, and nowhere else: it goes through no session and no address. */
    @PostMapping("/accounts/{name}/tokens")
    String makeToken(@PathVariable String name, @RequestParam int days, SentForm sent, Model model) {
        try {
            AccountStore.NewToken made = accounts.issue(name, Duration.ofDays(days), sent.author());
            model.addAttribute("token", made.token().secretText());
        } catch (TokensInUseException | IllegalArgumentException refused) {
            sent.refuse(HttpStatus.UNPROCESSABLE_CONTENT, "refusal", refused.getMessage());
        }
        return show(name, model);
    }

    @PostMapping("/accounts/{name}/tokens/{id}/revoke")
    String revoke(@PathVariable String name, @PathVariable String id, SentForm sent) {
        accounts.revoke(name, id);
        return sent.done("Token mgr_" + id + " is revoked.", null, "/accounts/{name}", name);
    }
}
