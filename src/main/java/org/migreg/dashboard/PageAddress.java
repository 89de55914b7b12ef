package org.migreg.dashboard;

import java.util.LinkedHashMap;
import java.util.Map;
import org.migreg.policy.EntryContent;
import org.migreg.policy.ValueCondition;
import org.migreg.register.RegisterValue;
import org.springframework.web.util.UriComponentsBuilder;

/** Addresses of pages with what they are to show, encoded: the + of a kernel release stays one. */
public final class PageAddress {

    private PageAddress() {}

    /** @param parameters in the order in which they are to stand */
    public static String of(String path, Map<String, ?> parameters) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        parameters.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        return address.encode().buildAndExpand(parameters).toUriString();
    }

    /** The form of a new entry of its machine type, filled in. */
    public static String ofNewEntry(EntryContent entry) {
        return of("/tables/" + entry.machineType() + "/entries/new", fields(entry));
    }

    /** What the form of an entry takes as parameters. */
    public static Map<String, Object> fields(EntryContent entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("property", entry.property());
        fields.put("register", entry.register());
        fields.put("stream", entry.kernels().kernelStream());
        fields.put("range", entry.kernels().constraints());
        ValueCondition condition = entry.condition();
        if (condition != null) {
            fields.put("conditionMask", new RegisterValue(condition.mask()));
            fields.put("conditionExpected", new RegisterValue(condition.expected()));
        }
        fields.put("rationale", entry.rationale());
        fields.put("references", String.join("\n", entry.references()));
        return fields;
    }
}
