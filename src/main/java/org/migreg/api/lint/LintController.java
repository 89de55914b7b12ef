package org.migreg.api.lint;

import static org.migreg.contract.InvalidFieldException.reading;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.migreg.api.operation.Descriptions;
import org.migreg.api.operation.Problems;
import org.migreg.contract.InvalidFieldException;
import org.migreg.contract.lint.LintView;
import org.migreg.contract.problem.ProblemType;
import org.migreg.policy.TableRevision;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.fleet.CapturedHosts;
import org.migreg.question.lint.Lint;
import org.migreg.question.lint.LintFinding;
import org.migreg.question.lint.LintLevel;
import org.migreg.question.lint.LintRule;
import org.migreg.registry.CurrentHosts;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/lint")
@Tag(name = "Lint", description = "What is doubtful about the tables, and how to fix it.")
record LintController(PolicyStore store, CurrentHosts knownHosts) {

    @GetMapping
    @Operation(
            operationId = "lint",
            summary = "Look the tables over",
            description = "With the captured hosts at hand. The heaviest findings first.")
    @Problems({ProblemType.UNKNOWN_MACHINE_TYPE, ProblemType.UNKNOWN_REVISION})
    LintView lint(
            @Parameter(description = "Only findings about entries of this machine type's own.", example = "virt-10.2")
                    @RequestParam(required = false)
                    @Nullable
                    String machineType,
            @Parameter(
                            description =
                                    "Other levels than the usual ones: rule:level, joined by commas; a level is error,"
                                            + " warning, info or off.",
                            example = "no-reference:off,unknown-register:error")
                    @RequestParam(required = false)
                    @Nullable
                    String levels,
            @Parameter(description = Descriptions.REVISION) @RequestParam(required = false) @Nullable Long revision) {
        Map<LintRule, LintLevel> wanted = levels(levels);
        TableRevision tables = store.currentOr(revision);
        if (machineType != null) {
            tables.table().require(machineType);
        }
        CapturedHosts known = knownHosts.get();
        List<LintFinding> findings = Lint.over(tables.table(), known.hosts(), wanted).stream()
                .filter(finding -> machineType == null
                        || finding.entries().stream()
                                .anyMatch(entry -> entry.machineType().equals(machineType)))
                .toList();
        return new LintView(
                tables.number(),
                known.revision(),
                new LintView.CountsView(
                        count(findings, LintLevel.ERROR),
                        count(findings, LintLevel.WARNING),
                        count(findings, LintLevel.INFO)),
                LintView.FindingView.ofAll(findings));
    }

    private static long count(List<LintFinding> findings, LintLevel level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private static Map<LintRule, LintLevel> levels(@Nullable String given) {
        Map<LintRule, LintLevel> levels = new EnumMap<>(LintRule.class);
        if (given == null || given.isBlank()) {
            return levels;
        }
        for (String setting : given.split(",", -1)) {
            int colon = setting.indexOf(':');
            if (colon < 0) {
                throw new InvalidFieldException(
                        "levels", setting, "levels has rule:level, joined by commas, such as no-reference:off");
            }
            levels.put(
                    reading(
                            "levels",
                            setting,
                            () -> LintRule.parse(setting.substring(0, colon).strip())),
                    reading(
                            "levels",
                            setting,
                            () -> LintLevel.parse(setting.substring(colon + 1).strip())));
        }
        return levels;
    }
}
