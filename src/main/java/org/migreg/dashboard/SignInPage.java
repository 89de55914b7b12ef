package org.migreg.dashboard;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Where editors say who they are; the answer is taken by the service's security, not here. */
@Controller
class SignInPage {

    @GetMapping("/login")
    String show() {
        return "login";
    }
}
