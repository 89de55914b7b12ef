package org.migreg.revision;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Whether anything can be written just now. After a write failed it is tried again and again, so that this is known
 * also where nobody writes.
 */
@Component
public class WritePath {

    private static final Logger LOG = LoggerFactory.getLogger(WritePath.class);

    private static final long TRY_EVERY_MILLIS = 1000;

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
        Optional<String> shortage = space.shortage();
        if (shortage.isPresent()) {
            return shortage;
        }
        if (headWatch.isFailing()) {
            return Optional.of(DatabaseTrouble.UNAVAILABLE.message());
        }
        return writes.lastFailure().map(failure -> failure.trouble().message());
    }

    @Scheduled(fixedDelay = TRY_EVERY_MILLIS, initialDelay = TRY_EVERY_MILLIS)
    void tryAgain() {
        if (writes.lastFailure().isEmpty() || space.shortage().isPresent() || headWatch.isFailing()) {
            return;
        }
        try {
            writes.write(() -> {
                // Who waits for a lock keeps others waiting.
                heads.lockAtOnce();
                return heads.touch();
            });
            LOG.info("writing works again");
        } catch (DatabaseUnavailableException stillSo) {
            LOG.debug("writing does not work yet", stillSo);
        }
    }
}
