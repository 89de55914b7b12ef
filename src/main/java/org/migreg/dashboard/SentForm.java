package org.migreg.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.draftstore.DraftClosedException;
import org.migreg.draftstore.DraftExistsException;
import org.migreg.history.Revision;
import org.migreg.policy.change.VersionedEdit;
import org.migreg.policystore.Applied;
import org.migreg.policystore.MachineTypeExistsException;
import org.migreg.policystore.MachineTypeInUseException;
import org.migreg.registry.draft.NothingToPublishException;
import org.migreg.registry.history.NotRevertibleException;
import org.migreg.registry.publication.BrokenExpectationsException;
import org.migreg.registry.publication.ConflictingChangeException;
import org.migreg.registry.publication.OutOfScopeException;
import org.migreg.registry.publication.TablePublication;
import org.migreg.revision.StaleVersionException;
import org.springframework.http.HttpStatus;
import org.springframework.ui.ModelMap;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** A form that somebody sent to write something: who it is, why, and what the page after it says. */
public record SentForm(
        HttpServletRequest request, HttpServletResponse response, ModelMap model, RedirectAttributes after) {

    /**
     * What a write did.
     *
     * @param revision which one it made; null where it changed nothing of the tables
     */
    public record Notice(String sentence, @Nullable Long revision) implements Serializable {}

    /** Who sent it. */
    public String author() {
        return Objects.requireNonNull(request.getUserPrincipal(), "who is not signed in sends no such form")
                .getName();
    }

    /** What stands in a field; empty where there is none. */
    public String text(String field) {
        return Objects.requireNonNullElse(request.getParameter(field), "").strip();
    }

    /** Why. */
    public String reason() {
        return text("reason");
    }

    /** Whether it says why; where it does not, the page says that it must. */
    public boolean saysWhy() {
        int length = reason().length();
        if (length > 0 && length <= Revision.LONGEST_REASON) {
            return true;
        }
        refuse(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "reasonError",
                length == 0
                        ? "Say why, for the next person."
                        : "A reason has at most 2,000 characters; this one has " + length + ".");
        return false;
    }

    /** Why expectations may be broken; null where nobody says that they may. */
    public @Nullable String override() {
        String why = text("override");
        if (why.length() > TablePublication.LONGEST_OVERRIDE) {
            throw new InvalidFieldException("override", why, "an override has at most 1,000 characters");
        }
        return why.isEmpty() ? null : why;
    }

    /** Makes one edit of the tables a revision. */
    public Applied publish(TablePublication publication, VersionedEdit edit) {
        return publication.apply(List.of(edit), author(), reason(), override());
    }

    /**
     * Goes on to a page, which says what was done.
     *
     * @param revision the one that did it; null where the tables are as before
     * @param path with a place in braces for each of the values
     */
    public String done(String sentence, @Nullable Long revision, String path, Object... values) {
        after.addFlashAttribute("done", new Notice(sentence, revision));
        return "redirect:"
                + (values.length == 0
                        ? path
                        : UriComponentsBuilder.fromUriString(path)
                                .encode()
                                .buildAndExpand(values)
                                .toUriString());
    }

    /** Lets the page say why nothing was done. */
    public void refuse(HttpStatus status, String attribute, @Nullable Object why) {
        response.setStatus(status.value());
        model.addAttribute(attribute, why);
    }

    /**
     * Does the work and goes on, or shows the page with what speaks against it.
     *
     * @param refused the status where what was typed is no such thing, or cannot be
     */
    public String attempt(HttpStatus refused, Supplier<String> work, Supplier<String> page) {
        return attempt(
                refused,
                work,
                stale -> {
                    model.addAttribute("refusal", stale.getMessage());
                    return page.get();
                },
                page);
    }

    /**
     * The same where another page says what somebody else changed in the meantime.
     */
    public String attempt(
            HttpStatus refused,
            Supplier<String> work,
            Function<StaleVersionException, String> ifStale,
            Supplier<String> page) {
        try {
            return work.get();
        } catch (StaleVersionException stale) {
            response.setStatus(HttpStatus.CONFLICT.value());
            return ifStale.apply(stale);
        } catch (BrokenExpectationsException breaking) {
            refuse(HttpStatus.CONFLICT, "broken", breaking.broken());
        } catch (ConflictingChangeException conflicting) {
            refuse(HttpStatus.CONFLICT, "conflicts", conflicting.conflicts());
        } catch (DraftClosedException
                | MachineTypeInUseException
                | NothingToPublishException
                | NotRevertibleException inTheWay) {
            refuse(HttpStatus.CONFLICT, "refusal", inTheWay.getMessage());
        } catch (OutOfScopeException notHis) {
            refuse(HttpStatus.FORBIDDEN, "refusal", notHis.getMessage());
        } catch (DraftExistsException
                | MachineTypeExistsException
                | InvalidFieldException
                | IllegalArgumentException impossible) {
            refuse(refused, "refusal", impossible.getMessage());
        }
        return page.get();
    }
}
