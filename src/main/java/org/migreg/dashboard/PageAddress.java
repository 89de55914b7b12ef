package org.migreg.dashboard;

import java.util.Map;
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
}
