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
import org.migreg.capture.CaptureReading;
import org.migreg.capturestore.CaptureStore;
import org.migreg.format.tablefile.TableFileFormat;
import org.migreg.format.tablefile.TableFileReader;
import org.migreg.policy.change.ProposedTable;
import org.migreg.policy.change.TableEdit;
import org.migreg.policystore.MachineTypeExistsException;
import org.migreg.policystore.PolicyStore;
import org.migreg.question.intake.CaptureIntake;
import org.migreg.question.intake.IntakeMetadata;
import org.migreg.question.publication.TableEdits;
import org.migreg.revision.RevisionLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Fills a database that has no revision: machine types as revision 1, the known events as revision 2,
 * captured lists of real kernels as revision 3. Done before the first request is taken.
 */
@Component
@ConditionalOnBooleanProperty("migreg.seed")
class Seeding implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(Seeding.class);
    private static final String AUTHOR = "migreg";

    private final RevisionLog log;
    private final PolicyStore policies;
    private final CaptureStore captures;

    Seeding(RevisionLog log, PolicyStore policies, CaptureStore captures) {
        this.log = log;
        this.policies = policies;
        this.captures = captures;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (log.latest().isPresent()) {
            return;
        }
        try {
            ProposedTable table = TableFileReader.read(
                    text(new PathMatchingResourcePatternResolver().getResource("classpath:db/seed/policy.yaml")),
                    TableFileFormat.YAML);
            List<TableEdit> machineTypes = new ArrayList<>();
            table.machineTypes().forEach(each -> machineTypes.add(new TableEdit.CreateMachineType(each)));
            policies.apply(machineTypes, AUTHOR, "Start with the virt machine types up to 11.1");
            List<TableEdit> entries = new ArrayList<>();
            table.entries().forEach(each -> entries.add(TableEdits.add(each)));
            policies.apply(entries, AUTHOR, "Start with the known events");
            List<Capture> seen = captures();
            captures.add(seen, AUTHOR, "Start with captured lists of real kernels");
            LOG.info(
                    "Started an empty database with {} machine types, {} entries and {} captures",
                    machineTypes.size(),
                    entries.size(),
                    seen.size());
        } catch (MachineTypeExistsException seededMeanwhile) {
            LOG.info("Another instance has filled the empty database");
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the starting data cannot be read", unreadable);
        }
    }

    private static List<Capture> captures() throws IOException {
        Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath*:db/seed/captures/*.json");
        Arrays.sort(files, Comparator.comparing(file -> Objects.requireNonNull(file.getFilename())));
        List<Capture> captures = new ArrayList<>();
        for (Resource file : files) {
            try (InputStream content = file.getInputStream()) {
                for (CaptureReading reading : CaptureIntake.read(content)) {
                    captures.add(CaptureIntake.capture(reading, IntakeMetadata.NONE));
                }
            }
        }
        return captures;
    }

    private static String text(Resource resource) throws IOException {
        try (InputStream content = resource.getInputStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
