package org.migreg.capturestore;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.migreg.capture.CaptureId;
import org.migreg.capture.CaptureIndex;
import org.migreg.capture.StoredCapture;
import org.migreg.history.Change;
import org.migreg.history.Revision;
import org.migreg.history.RevisionKind;
import org.migreg.revision.ChangeSource;
import org.migreg.revision.ChangedRows;
import org.migreg.revision.DamagedDataException;
import org.springframework.stereotype.Component;

/** The captures in the database. */
@Component
record CaptureArchive(
        CaptureRepository captures, CaptureAttributesVersionRepository attributes, EntityManager entityManager)
        implements ChangeSource {

    /** Databases bound the parameters of one statement. */
    private static final int AT_ONCE = 1000;

    /** The index brought up to a revision that has been written; later writes do not disturb the reading. */
    CaptureIndex readOn(CaptureIndex known, long revision) {
        if (revision <= known.revision()) {
            return known;
        }
        Map<String, CaptureEntity> rows = new HashMap<>();
        captures.changedBetween(known.revision(), revision).forEach(row -> rows.put(row.id(), row));
        List<StoredCapture> changed = new ArrayList<>();
        for (CaptureAttributesVersionEntity of : attributes.begunBetween(known.revision(), revision)) {
            changed.add(stored(row(rows, of), of));
        }
        return known.with(revision, changed);
    }

    private static CaptureEntity row(Map<String, CaptureEntity> rows, CaptureAttributesVersionEntity attributes) {
        CaptureEntity row = rows.get(attributes.captureId());
        if (row == null) {
            throw new DamagedDataException("attributes of capture " + attributes.captureId() + ", which is not there");
        }
        return row;
    }

    private static StoredCapture stored(CaptureEntity row, CaptureAttributesVersionEntity attributes) {
        StoredCapture stored = DamagedDataException.reading(
                () -> "capture " + row.id() + " of revision " + attributes.validFrom(),
                () -> new StoredCapture(
                        new CaptureId(row.id()), row.toCapture(attributes), row.addedAt(), attributes.validFrom()));
        // H2 does not notice when a disk gives other bytes than were written; other registers make other verdicts.
        if (!stored.capture().id().equals(stored.id())) {
            throw new DamagedDataException("capture " + stored.id() + " is not what its id is the digest of");
        }
        return stored;
    }

    /** Writes new captures; within the transaction of the revision. */
    void insert(List<StoredCapture> created, Revision revision) {
        for (StoredCapture stored : created) {
            entityManager.persist(new CaptureEntity(stored.id(), stored.capture(), revision));
        }
        // The attributes refer to these rows.
        entityManager.flush();
        insertAttributes(created, revision);
    }

    /** Writes further attributes of captures that are there; within the transaction of the revision. */
    void complete(List<StoredCapture> completed, Revision revision) {
        for (int i = 0; i < completed.size(); i += AT_ONCE) {
            List<String> ids = completed.subList(i, Math.min(i + AT_ONCE, completed.size())).stream()
                    .map(stored -> stored.id().text())
                    .toList();
            attributes.end(ids, revision.number());
        }
        insertAttributes(completed, revision);
    }

    private void insertAttributes(List<StoredCapture> of, Revision revision) {
        for (StoredCapture stored : of) {
            entityManager.persist(new CaptureAttributesVersionEntity(stored.id(), stored.capture(), revision.number()));
        }
    }

    @Override
    public RevisionKind kind() {
        return RevisionKind.CAPTURES;
    }

    @Override
    public List<Change> changes(long revision) {
        Map<String, CaptureEntity> rows = new HashMap<>();
        captures.changedBetween(revision - 1, revision).forEach(row -> rows.put(row.id(), row));
        ChangedRows<String> changed = new ChangedRows<>();
        attributes.endedBy(revision).forEach(of -> add(changed, rows, of, false));
        attributes.begunBy(revision).forEach(of -> add(changed, rows, of, true));
        return changed.of(Change.Subject.CAPTURE);
    }

    private static void add(
            ChangedRows<String> changed,
            Map<String, CaptureEntity> rows,
            CaptureAttributesVersionEntity of,
            boolean begins) {
        StoredCapture stored = stored(row(rows, of), of);
        changed.add(of.captureId(), begins, CaptureText.of(stored.id(), stored.capture()));
    }
}
