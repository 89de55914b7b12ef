package org.migreg;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts migreg. */
@SpringBootApplication
public class MigregApplication {

    public static void main(String[] args) {
        SpringApplication.run(MigregApplication.class, args);
    }
}
