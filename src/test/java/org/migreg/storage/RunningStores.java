package org.migreg.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.migreg.capturestore.CaptureStore;
import org.migreg.draftstore.DraftStore;
import org.migreg.expectationstore.ExpectationStore;
import org.migreg.hoststore.HostStore;
import org.migreg.policystore.PolicyStore;
import org.migreg.revision.RevisionLog;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;

/** The service's stores and no more of it, started as the service starts them. */
public final class RunningStores implements AutoCloseable {

    // No stereotype: a test of the whole service must not find it.
    @EnableAutoConfiguration
    @ComponentScan(
            basePackages = {
                "org.migreg.revision",
                "org.migreg.policystore",
                "org.migreg.capturestore",
                "org.migreg.hoststore",
                "org.migreg.draftstore",
                "org.migreg.samplestore",
                "org.migreg.expectationstore"
            })
    static class StoresAlone {}

    private final ConfigurableApplicationContext context;

    private RunningStores(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static RunningStores on(Database database, String... furtherSettings) {
        List<String> settings = new ArrayList<>(database.settings());
        settings.add("--logging.level.root=warn");
        settings.add("--logging.structured.format.console=");
        settings.addAll(Arrays.asList(furtherSettings));
        return new RunningStores(new SpringApplicationBuilder(StoresAlone.class)
                .web(WebApplicationType.NONE)
                .run(settings.toArray(String[]::new)));
    }

    public PolicyStore policies() {
        return context.getBean(PolicyStore.class);
    }

    public CaptureStore captures() {
        return context.getBean(CaptureStore.class);
    }

    public HostStore hosts() {
        return context.getBean(HostStore.class);
    }

    public DraftStore drafts() {
        return context.getBean(DraftStore.class);
    }

    public ExpectationStore expectations() {
        return context.getBean(ExpectationStore.class);
    }

    public RevisionLog log() {
        return context.getBean(RevisionLog.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
