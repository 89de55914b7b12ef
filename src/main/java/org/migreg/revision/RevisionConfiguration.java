package org.migreg.revision;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EntityScan
@EnableConfigurationProperties(StoreSettings.class)
@EnableJpaRepositories
@EnableScheduling
class RevisionConfiguration {

    @Bean
    static DatabaseConnections databaseConnections() {
        return new DatabaseConnections();
    }

    @Bean
    DatabaseProduct databaseProduct(JdbcTemplate jdbc) {
        return DatabaseProduct.of(jdbc);
    }
}
