package org.migreg.dashboard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.migreg.contract.InvalidFieldException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Where editors say who they are; the answer is taken by the service's security, not here. */
@Controller
class SignInPage {

    /** Nothing that a browser could take for another host. */
    private static final Pattern LOCAL_ADDRESS =
            Pattern.compile("/(?![/\\\\])[A-Za-z0-9._+/-]{0,300}(\\?[A-Za-z0-9._~%&=+:/,*-]{0,2000})?");

    private static final Set<String> OF_THE_FORM_ALONE = Set.of("to", "_csrf", "continue");

    /** A provider of identities at which people may sign in. */
    public record Provider(String name, String address) {}

    private final List<Provider> providers;

    SignInPage(ObjectProvider<InMemoryClientRegistrationRepository> registrations) {
        List<Provider> found = new ArrayList<>();
        registrations.ifAvailable(all -> all.forEach(registration -> found.add(new Provider(
                registration.getClientName(), "/oauth2/authorization/" + registration.getRegistrationId()))));
        providers = List.copyOf(found);
    }

    @GetMapping("/login")
    String show(Model model) {
        model.addAttribute("providers", providers);
        return "login";
    }

    /**
     * Where a page sends readers who want to write: it is open only to those signed in, so that the service asks
     * first, then leads back to the page with all that was typed there.
     *
     * @param to the page's address; every other parameter is handed on to it
     */
    @GetMapping("/login/then")
    String goOn(@RequestParam String to, @RequestParam MultiValueMap<String, String> all) {
        if (!LOCAL_ADDRESS.matcher(to).matches()) {
            throw new InvalidFieldException("to", to, "'to' is the address of a page of this service, such as /tables");
        }
        UriComponentsBuilder handedOn = UriComponentsBuilder.newInstance();
        Map<String, Object> values = new HashMap<>();
        for (Map.Entry<String, List<String>> parameter : all.entrySet()) {
            if (!OF_THE_FORM_ALONE.contains(parameter.getKey())) {
                for (String value : parameter.getValue()) {
                    String name = "v" + values.size();
                    handedOn.queryParam(parameter.getKey(), "{" + name + "}");
                    values.put(name, value);
                }
            }
        }
        String query = handedOn.encode().buildAndExpand(values).getQuery();
        return "redirect:" + to + (query == null ? "" : (to.contains("?") ? "&" : "?") + query);
    }
}
