package org.migreg.dashboard.history;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.dashboard.ChangedThing;
import org.migreg.dashboard.SentForm;
import org.migreg.history.Change;
import org.migreg.history.Revision;
import org.migreg.history.RevisionChanges;
import org.migreg.history.RevisionKind;
import org.migreg.policy.change.TableDifference;
import org.migreg.registry.history.TableHistory;
import org.migreg.revision.Head;
import org.migreg.revision.RevisionLog;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** All revisions, and what each changed. */
@Controller
public class HistoryPage {

    private static final int ON_A_PAGE = 30;

    /** A page has room for so many things; their number is told. */
    private static final int MOST_THINGS = 200;

    private final RevisionLog log;
    private final TableHistory history;

    /** Revisions never change. */
    private final Cache<Long, Map<String, Long>> counts =
            Caffeine.newBuilder().maximumSize(2000).build();

    HistoryPage(RevisionLog log, TableHistory history) {
        this.log = log;
        this.history = history;
    }

    /** One revision of the list: how many things it added, changed and removed. */
    public record Row(Revision revision, Map<String, Long> counts) {
        public Row {
            counts = new LinkedHashMap<>(counts);
        }
    }

    @GetMapping("/revisions")
    String list(
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "") String kind,
            Model model) {
        if (before != null && before < 1) {
            throw new InvalidFieldException("before", before, "revisions count from 1");
        }
        RevisionKind only = kind.isEmpty() ? null : kind(kind);
        long start = before == null ? Long.MAX_VALUE : before;
        List<Revision> found =
                only == null ? log.listBefore(start, ON_A_PAGE + 1) : log.listBefore(only, start, ON_A_PAGE + 1);
        List<Row> rows = new ArrayList<>();
        for (Revision revision : found.subList(0, Math.min(ON_A_PAGE, found.size()))) {
            rows.add(new Row(revision, counts.get(revision.number(), number -> counts(log.changes(number)))));
        }
        model.addAttribute("rows", rows);
        model.addAttribute("kind", only);
        model.addAttribute("kinds", RevisionKind.values());
        model.addAttribute("before", before);
        model.addAttribute(
                "older", found.size() > ON_A_PAGE ? rows.getLast().revision().number() : null);
        long latest = log.head().revision();
        model.addAttribute("latest", latest);
        // Hosts and captures come between: to compare from is the newest table but one.
        long newest = log.newestUpTo(RevisionKind.TABLES, latest);
        model.addAttribute("from", Math.max(0, newest - 1));
        model.addAttribute("to", newest);
        return "history/list";
    }

    private static RevisionKind kind(String name) {
        return Arrays.stream(RevisionKind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException(
                        "kind", name, "kind is one of " + Arrays.toString(RevisionKind.values())));
    }

    @GetMapping("/revisions/{number:[0-9]{1,18}}")
    String show(@PathVariable long number, Model model) {
        RevisionChanges changes = log.changes(number);
        List<ChangedThing> things = changes.changes().stream()
                .limit(MOST_THINGS)
                .map(ChangedThing::of)
                .toList();
        Head head = log.head();
        model.addAttribute("revision", changes.revision());
        model.addAttribute("things", things);
        model.addAttribute("count", changes.changes().size());
        model.addAttribute("ofTables", changes.revision().kind() == RevisionKind.TABLES);
        model.addAttribute("latest", head.revision());
        return "history/revision";
    }

    @GetMapping("/revisions/compare")
    String compare(@RequestParam long from, @RequestParam long to, Model model) {
        TableDifference difference = history.between(from, to);
        List<ChangedThing> things = ChangedThing.of(difference);
        model.addAttribute("from", from);
        model.addAttribute("to", to);
        model.addAttribute("latest", log.head().revision());
        model.addAttribute("count", things.size());
        model.addAttribute("things", things.subList(0, Math.min(MOST_THINGS, things.size())));
        return "history/compare";
    }

    @GetMapping("/revisions/{number:[0-9]{1,18}}/undo")
    String confirmUndoing(@PathVariable long number, Model model) {
        Revision revision = log.get(number);
        model.addAttribute("revision", revision);
        model.addAttribute("ofTables", revision.kind() == RevisionKind.TABLES);
        if (revision.kind() == RevisionKind.TABLES) {
            model.addAttribute("things", ChangedThing.of(history.between(number, number - 1)));
        }
        if (!model.containsAttribute("reason")) {
            model.addAttribute("reason", "Undo revision " + number + " of " + revision.author());
        }
        return "history/undo";
    }

    @PostMapping("/revisions/{number:[0-9]{1,18}}/undo")
    String undo(@PathVariable long number, SentForm sent, Model model) {
        model.addAttribute("reason", sent.reason());
        model.addAttribute("override", sent.text("override"));
        if (!sent.saysWhy()) {
            return confirmUndoing(number, model);
        }
        return sent.attempt(
                HttpStatus.CONFLICT,
                () -> {
                    TableHistory.Reversal reversal =
                            history.revert(number, sent.author(), sent.reason(), sent.override());
                    return sent.done("Revision " + number + " is undone.", reversal.revision(), "/revisions");
                },
                () -> confirmUndoing(number, model));
    }

    private static Map<String, Long> counts(RevisionChanges changes) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Change.Action action : Change.Action.values()) {
            long count = changes.changes().stream()
                    .filter(change -> change.action() == action)
                    .count();
            if (count > 0) {
                counts.put(action.word(), count);
            }
        }
        return counts;
    }
}
