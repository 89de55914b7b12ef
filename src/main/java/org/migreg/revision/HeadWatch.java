package org.migreg.revision;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Looks regularly whether another instance has written, and has the stores catch up. */
@Component
class HeadWatch {

    private static final Logger LOG = LoggerFactory.getLogger(HeadWatch.class);

    private final RegistryHeadRepository heads;
    private final List<RevisionFollower> followers;
    private final ShownRevision shown;
    private volatile boolean failing;

    HeadWatch(RegistryHeadRepository heads, List<RevisionFollower> followers, ShownRevision shown) {
        this.heads = heads;
        this.followers = followers;
        this.shown = shown;
        shown.lookBy(this::catchUp);
        shown.lookNow();
    }

    @Scheduled(
            fixedDelayString = "${migreg.store.refresh-interval:1s}",
            initialDelayString = "${migreg.store.refresh-interval:1s}")
    void look() {
        shown.lookNow();
    }

    private void catchUp() {
        try {
            Head head = heads.read().toHead();
            followers.forEach(follower -> follower.follow(head));
            shown.show(head.revision());
            if (failing) {
                failing = false;
                LOG.info("the database answers again; memory is at revision {}", head.revision());
            }
        } catch (DataAccessException | TransactionException unreachable) {
            if (!failing) {
                failing = true;
                LOG.warn("cannot look for new revisions; reading goes on from memory", unreachable);
            }
        }
    }

    /** Whether the database did not answer when it was last asked. */
    boolean isFailing() {
        return failing;
    }
}
