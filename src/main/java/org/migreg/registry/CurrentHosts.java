package org.migreg.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.migreg.capture.CaptureIndex;
import org.migreg.capturestore.CaptureStore;
import org.migreg.question.fleet.CapturedHosts;
import org.springframework.stereotype.Component;

/** Every captured host, as of the newest captures: made once for each revision of them. */
@Component
public class CurrentHosts {

    private final CaptureStore captures;
    private final Cache<CaptureIndex, CapturedHosts> newest =
            Caffeine.newBuilder().weakKeys().maximumSize(1).build();

    CurrentHosts(CaptureStore captures) {
        this.captures = captures;
    }

    public CapturedHosts get() {
        return of(captures.current());
    }

    /** The hosts of these captures, where they must be the ones that a caller has at hand. */
    public CapturedHosts of(CaptureIndex index) {
        return newest.get(index, CapturedHosts::of);
    }
}
