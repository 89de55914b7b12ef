package org.migreg.api.limits;

import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Configuration;

/** Has Tomcat keep to the settings of clients. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ClientSettings.class, BodySettings.class})
class ConnectorConfiguration implements WebServerFactoryCustomizer<TomcatWebServerFactory> {

    private static final int ACCEPTED_LATER = 1024;

    private final ClientSettings settings;

    ConnectorConfiguration(ClientSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(TomcatWebServerFactory factory) {
        Connections connections = new Connections(settings);
        MemoryBudget memory = new MemoryBudget(settings.memoryInBytes(), connections::freeMemory);
        factory.setProtocol(PatientProtocol.class.getName());
        factory.addConnectorCustomizers(connector -> settle(connector, connections));
        factory.addEngineValves(new ExchangeValve(memory, settings.patience().toNanos()));
    }

    private void settle(Connector connector, Connections connections) {
        if (!(connector.getProtocolHandler() instanceof PatientProtocol protocol)) {
            return;
        }
        protocol.watch(connections);
        protocol.setMaxConnections(connections.most());
        protocol.setConnectionTimeout((int) settings.patience().toMillis());
        // While those that wait give way; beyond it a connection is tried anew after seconds.
        protocol.setAcceptCount(ACCEPTED_LATER);
        // Whoever waits for a client waits on a thread of its own, which costs next to nothing.
        protocol.setExecutor(new VirtualThreadExecutor("http-"));
        // An exchange does so itself, in bounds; Tomcat has none for the time it takes.
        protocol.setMaxSwallowSize(0);
        // "100 Continue" only for whom the body is admitted.
        protocol.setContinueResponseTiming("onRead");
    }
}
