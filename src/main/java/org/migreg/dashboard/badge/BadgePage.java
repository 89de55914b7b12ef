package org.migreg.dashboard.badge;

import static org.migreg.contract.InvalidFieldException.reading;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.contract.InvalidFieldException;
import org.migreg.dashboard.matrix.Sign;
import org.migreg.evaluation.LoadBehaviour;
import org.migreg.evaluation.Verdict;
import org.migreg.hostkernel.KernelRelease;
import org.migreg.hostkernel.KernelStream;
import org.migreg.policy.TableRevision;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.fleet.CapturedHost;
import org.migreg.question.fleet.CapturedHosts;
import org.migreg.question.fleet.HostPair;
import org.migreg.question.fleet.PairEvaluator;
import org.migreg.question.fleet.ScenarioSettings;
import org.migreg.registry.CurrentHosts;
import org.migreg.registry.PairEvaluators;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Whether guests of a machine type can go from one kernel stream, or kernel, to another: as a badge. */
@Controller
class BadgePage {

    private static final int MOST_KEPT = 200;

    /** Moves that one badge stands for: some seconds. */
    private static final int MOST_MOVES = 100_000;

    private final PolicyStore policies;
    private final CurrentHosts knownHosts;
    private final PairEvaluators evaluators;

    /** Whoever sees a page with the badge asks for it: it is evaluated once for each revision of tables and captures. */
    private final Cache<Asked, Answer> answers =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    /** What stands on the right of a badge. */
    private record Answer(String words, Sign sign) {}

    private record Asked(
            ScenarioSettings settings,
            Selection sources,
            Selection destinations,
            @Nullable String cpuModel,
            long tables,
            long captures) {}

    BadgePage(PolicyStore policies, CurrentHosts knownHosts, PairEvaluators evaluators) {
        this.policies = policies;
        this.knownHosts = knownHosts;
        this.evaluators = evaluators;
    }

    @GetMapping("/badges/{machineType}/{pair:.+}.svg")
    ResponseEntity<byte[]> badge(
            @PathVariable String machineType,
            @PathVariable String pair,
            @RequestParam(required = false) @Nullable String cpuModel,
            @RequestParam(required = false) @Nullable String loadBehaviour) {
        int dots = pair.indexOf("..");
        if (dots <= 0 || dots + 2 >= pair.length()) {
            throw new InvalidFieldException(
                    "pair", pair, "write two kernel streams or releases with two dots between them: el9..el10.svg");
        }
        String from = pair.substring(0, dots);
        String to = pair.substring(dots + 2);
        TableRevision tables = policies.current();
        tables.table().require(machineType);
        LoadBehaviour behaviour = loadBehaviour == null
                ? LoadBehaviour.Spec.USUAL.behaviour()
                : reading("loadBehaviour", loadBehaviour, () -> LoadBehaviour.parse(loadBehaviour));
        ScenarioSettings settings = new ScenarioSettings(machineType, behaviour, true, null);
        CapturedHosts known = knownHosts.get();
        Asked asked = new Asked(
                settings,
                Selection.parse("from", from),
                Selection.parse("to", to),
                cpuModel,
                tables.number(),
                known.revision());
        Answer answer = answers.get(asked, key -> answer(key, evaluators.of(tables.table()), known.hosts()));
        String svg = Badge.svg(
                machineType + " " + from + " → " + to,
                answer.words(),
                answer.sign().colour());
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("image/svg+xml"))
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic())
                .body(svg.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer answer(Asked asked, PairEvaluator evaluator, List<CapturedHost> hosts) {
        List<HostPair> moves = HostPair.ofOneKind(hosts).stream()
                .filter(move -> (asked.cpuModel() == null
                                || asked.cpuModel()
                                        .equals(move.source().capture().cpuModel()))
                        && asked.sources().takes(move.source())
                        && asked.destinations().takes(move.destination()))
                .toList();
        if (moves.size() > MOST_MOVES) {
            return new Answer(Sign.UNKNOWN.mark() + " too many moves: name a cpuModel", Sign.UNKNOWN);
        }
        List<Verdict> verdicts = moves.stream()
                .map(move -> evaluator.verdict(move, asked.settings()))
                .toList();
        return new Answer(words(verdicts), worst(verdicts));
    }

    private static Sign worst(List<Verdict> verdicts) {
        for (Verdict verdict : List.of(Verdict.INCOMPATIBLE, Verdict.UNSAFE, Verdict.UNKNOWN)) {
            if (verdicts.contains(verdict)) {
                return Sign.of(verdict);
            }
        }
        if (verdicts.isEmpty()) {
            return Sign.UNKNOWN;
        }
        return verdicts.contains(Verdict.COMPATIBLE_WITH_WARNINGS) ? Sign.WARNINGS : Sign.COMPATIBLE;
    }

    private static String words(List<Verdict> verdicts) {
        if (verdicts.isEmpty()) {
            return "? not captured";
        }
        long good = verdicts.stream().filter(Verdict::mayMigrate).count();
        Sign worst = worst(verdicts);
        if (good == verdicts.size() || good == 0) {
            return worst.mark() + " " + worst.words();
        }
        return worst.mark() + " " + good + " of " + verdicts.size() + " moves work";
    }

    /** Hosts of a kernel stream, or of one release. */
    private sealed interface Selection {
        boolean takes(CapturedHost host);

        record OfStream(KernelStream kernelStream) implements Selection {
            @Override
            public boolean takes(CapturedHost host) {
                KernelRelease kernel = host.kernel();
                return kernel != null
                        && (kernelStream.equals(KernelStream.ANY)
                                || kernel.kernelStream().equals(kernelStream));
            }
        }

        record OfRelease(String text) implements Selection {
            @Override
            public boolean takes(CapturedHost host) {
                KernelRelease kernel = host.kernel();
                return kernel != null && kernel.text().equals(text);
            }
        }

        static Selection parse(String field, String text) {
            return Character.isDigit(text.charAt(0))
                    ? new OfRelease(reading(field, text, () -> KernelRelease.parse(text))
                            .text())
                    : new OfStream(reading(field, text, () -> KernelStream.parseLenient(text)));
        }
    }
}
