package org.migreg.revision;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Whether anything can be written just now. Where nobody writes, it is tried now and then, by a write that changes
 * nothing and goes to the disk as others do; after a failure again and again.
 */
@Component
public class WritePath {

    private static final Logger LOG = LoggerFactory.getLogger(WritePath.class);

    private static final long LOOK_EVERY_MILLIS = 1000;

    /** What works is tried so often. */
    private static final Duration TRY_EVERY = Duration.ofSeconds(10);

    private final DurableWrites writes;
    private final StorageSpace space;
    private final HeadWatch headWatch;
    private final RegistryHeadRepository heads;

    WritePath(DurableWrites writes, StorageSpace space, HeadWatch headWatch, RegistryHeadRepository heads) {
        this.writes = writes;
        this.space = space;
        this.headWatch = headWatch;
        this.heads = heads;
    }

    /** Why nothing can be written, in a sentence; empty where nothing is known to be in the way. */
    public Optional<String> obstacle() {
        Optional<String> storage = space.obstacle();
        if (storage.isPresent()) {
            return storage;
        }
        if (headWatch.isFailing()) {
            return Optional.of(DatabaseTrouble.UNAVAILABLE.message());
        }
        return writes.lastFailure().map(failure -> failure.trouble().message());
    }

    @Scheduled(fixedDelay = LOOK_EVERY_MILLIS, initialDelay = LOOK_EVERY_MILLIS)
    void tryOut() {
        boolean hasFailed = writes.lastFailure().isPresent();
        // What is under way will tell, too.
        if (!hasFailed && writes.haveWorkedWithin(TRY_EVERY)
                || writes.areUnderWay()
                || space.obstacle().isPresent()
                || headWatch.isFailing()) {
            return;
        }
        try {
            writes.write(() -> {
                // Who waits for a lock keeps others waiting.
                heads.lockAtOnce();
                return heads.touch();
            });
            if (hasFailed) {
                LOG.info("writing works again");
            }
        } catch (DatabaseUnavailableException failed) {
            if (hasFailed || writes.lastFailure().isEmpty()) {
                LOG.debug("writing does not work yet", failed);
            } else {
                LOG.warn("nothing can be written: {}", failed.getMessage());
            }
        }
    }
}
