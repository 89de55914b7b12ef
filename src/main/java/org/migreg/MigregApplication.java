package org.migreg;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts migreg. */
@SpringBootApplication
public class MigregApplication {

    /**
     * How many threads of the system serve at the same time. The JVM has one for each processor by itself, and a
     * question that is worked on for seconds would keep all others waiting; so the system shares them out.
     */
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    public static void main(String[] args) {
        if (System.getProperty(CARRIERS) == null) {
            System.setProperty(CARRIERS, "64");
        }
        SpringApplication.run(MigregApplication.class, args);
    }
}
