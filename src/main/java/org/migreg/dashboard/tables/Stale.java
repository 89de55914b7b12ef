package org.migreg.dashboard.tables;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.migreg.history.Revision;
import org.migreg.policy.EntryContent;

/**
 * What somebody else made of an entry while a form was open.
 *
 * @param by the revision that changed it
 * @param fields both versions, field by field
 */
public record Stale(Revision by, List<Field> fields) {

    /** One field of both versions. */
    public record Field(String name, String theirs, String yours) {
        public boolean differs() {
            return !theirs.equals(yours);
        }
    }

    public Stale {
        fields = List.copyOf(fields);
    }

    static Stale of(EntryContent theirs, EntryContent yours, Revision by) {
        List<Field> fields = new ArrayList<>();
        fields.add(field("Property", theirs.property(), yours.property()));
        fields.add(field("Register", theirs.register().name(), yours.register().name()));
        fields.add(field("Host kernels", theirs.kernels(), yours.kernels()));
        fields.add(field("Condition", theirs.condition(), yours.condition()));
        fields.add(field("Rationale", theirs.rationale(), yours.rationale()));
        fields.add(field("References", String.join("\n", theirs.references()), String.join("\n", yours.references())));
        return new Stale(by, fields);
    }

    private static Field field(String name, @Nullable Object theirs, @Nullable Object yours) {
        return new Field(name, theirs == null ? "none" : theirs.toString(), yours == null ? "none" : yours.toString());
    }
}
