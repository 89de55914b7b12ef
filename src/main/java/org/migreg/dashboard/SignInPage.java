package org.migreg.dashboard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.migreg.contract.InvalidFieldException;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Where editors say who they are; the answer is taken by the service's security, not here. */
@Controller
class SignInPage {

    /** Nothing that a browser could take for another host. */
    private static final Pattern LOCAL_PATH = Pattern.compile("/(?![/\\\\])[A-Za-z0-9._+/-]{0,300}");

    private static final Set<String> OF_THE_FORM_ALONE = Set.of("to", "_csrf", "continue", "machineType", "id");

    @GetMapping("/login")
    String show() {
        return "login";
    }

    /**
     * Where a page sends readers who want to write: it is open to those signed in alone, so that the service asks
     * first, then leads back to the page with all that was typed there.
     *
     * @param to the page's path; every other parameter is handed on to it
     */
    @GetMapping("/login/then")
    String goOn(@RequestParam String to, @RequestParam MultiValueMap<String, String> all) {
        if (!LOCAL_PATH.matcher(to).matches()) {
            throw new InvalidFieldException("to", to, "'to' is the path of a page of this service, such as /tables");
        }
        UriComponentsBuilder address = UriComponentsBuilder.fromPath("{to}");
        Map<String, Object> values = new HashMap<>(Map.of("to", to));
        int number = 0;
        for (Map.Entry<String, List<String>> parameter : all.entrySet()) {
            if (!OF_THE_FORM_ALONE.contains(parameter.getKey())) {
                for (String value : parameter.getValue()) {
                    String name = "v" + number++;
                    address.queryParam(parameter.getKey(), "{" + name + "}");
                    values.put(name, value);
                }
            }
        }
        return "redirect:"
                + address.encode().buildAndExpand(values).toUriString().replace("%2F", "/");
    }
}
