package org.migreg.integration.seed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.migreg.capture.Capture;
import org.migreg.capture.SaidOfHost;
import org.migreg.capturestore.CaptureStore;
import org.migreg.format.CaptureFormats;
import org.migreg.format.tablefile.TableFileFormat;
import org.migreg.format.tablefile.TableFileReader;
import org.migreg.history.ExpectedVersion;
import org.migreg.history.Revision;
import org.migreg.policy.change.ProposedTable;
import org.migreg.policy.change.TableEdit;
import org.migreg.policy.change.VersionedEdit;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.intake.CaptureIntake;
import org.migreg.revision.RevisionLog;
import org.migreg.revision.RevisionWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Fills a database that has no revision: machine types as revision 1, the known events as revision 2,
 * captured lists of real kernels as revision 3; all three at once. Done before the first request is taken.
 */
@Component
@ConditionalOnBooleanProperty("migreg.seed")
class Seeding implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(Seeding.class);
    private static final String AUTHOR = "migreg";

    private final RevisionLog log;
    private final RevisionWriter writer;
    private final PolicyStore policies;
    private final CaptureStore captures;

    Seeding(RevisionLog log, RevisionWriter writer, PolicyStore policies, CaptureStore captures) {
        this.log = log;
        this.writer = writer;
        this.policies = policies;
        this.captures = captures;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (stepsDone() == Step.values().length) {
            return;
        }
        ProposedTable table = table();
        List<Capture> seen = captures();
        boolean filled = writer.writeTogether(() -> {
            // Only now is the database locked: another instance may have filled it.
            List<Step> missing = List.of(Step.values()).subList(stepsDone(), Step.values().length);
            missing.forEach(step -> write(step, table, seen));
            return !missing.isEmpty();
        });
        if (filled) {
            LOG.info(
                    "Started with {} machine types, {} entries and {} captures",
                    table.machineTypes().size(),
                    table.entries().size(),
                    seen.size());
        } else {
            LOG.info("Another instance has filled the empty database");
        }
    }

    /**
     * How many revisions of the starting data there are, if there are no others; all of them where there are others.
     * Versions that wrote them one after another left some of them where they were cut off.
     */
    private int stepsDone() {
        Step[] steps = Step.values();
        List<Revision> revisions = log.listAfter(0, steps.length);
        for (Revision revision : revisions) {
            Step step = steps[(int) revision.number() - 1];
            if (!revision.author().equals(AUTHOR) || !revision.reason().equals(step.reason)) {
                return steps.length;
            }
        }
        return revisions.size();
    }

    private void write(Step step, ProposedTable table, List<Capture> seen) {
        switch (step) {
            case MACHINE_TYPES ->
                policies.apply(
                        table.machineTypes().stream()
                                .map(each -> new TableEdit.PutMachineType(each).expecting(ExpectedVersion.absent()))
                                .toList(),
                        AUTHOR,
                        step.reason);
            case ENTRIES ->
                policies.apply(
                        VersionedEdit.unconditional(table.entries().stream()
                                .map(TableEdit.AddEntry::new)
                                .toList()),
                        AUTHOR,
                        step.reason);
            case CAPTURES -> captures.add(seen, AUTHOR, step.reason);
        }
    }

    /** A revision of the starting data, in this order. */
    private enum Step {
        MACHINE_TYPES("Start with the virt machine types up to 11.1"),
        ENTRIES("Start with the known events"),
        CAPTURES("Start with captured lists of real kernels");

        private final String reason;

        Step(String reason) {
            this.reason = reason;
        }
    }

    private static ProposedTable table() {
        try {
            return TableFileReader.read(
                    text(new PathMatchingResourcePatternResolver().getResource("classpath:db/seed/policy.yaml")),
                    TableFileFormat.YAML);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the starting tables cannot be read", unreadable);
        }
    }

    private static List<Capture> captures() {
        try {
            Resource[] files =
                    new PathMatchingResourcePatternResolver().getResources("classpath*:db/seed/captures/*.json");
            Arrays.sort(files, Comparator.comparing(file -> Objects.requireNonNull(file.getFilename())));
            List<Capture> captures = new ArrayList<>();
            for (Resource file : files) {
                try (InputStream content = file.getInputStream()) {
                    CaptureIntake.captures(CaptureFormats.open(content).captures(), SaidOfHost.NOTHING)
                            .forEach(read -> captures.add(read.capture()));
                }
            }
            return captures;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the starting captures cannot be read", unreadable);
        }
    }

    private static String text(Resource resource) throws IOException {
        try (InputStream content = resource.getInputStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
