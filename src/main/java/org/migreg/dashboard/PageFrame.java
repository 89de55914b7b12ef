package org.migreg.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.migreg.access.Caller;
import org.migreg.access.Permission;
import org.migreg.revision.WritePath;
import org.migreg.web.SignedIn;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page shows around its own content. */
@ControllerAdvice(basePackages = "org.migreg.dashboard")
record PageFrame(WritePath writePath) {

    /** Why nothing can be written just now; null where it can. Readers are told only that it is so. */
    @ModelAttribute("obstacle")
    @Nullable
    String obstacle(@Nullable Principal principal) {
        return writePath
                .obstacle()
                .map(obstacle ->
                        "Nothing can be written at the moment" + (principal == null ? "." : ": " + obstacle + "."))
                .orElse(null);
    }

    /** Who is signed in; null for readers. */
    @ModelAttribute("who")
    @Nullable
    String who(@Nullable Principal principal) {
        return principal == null ? null : principal.getName();
    }

    /** What of the pages not everybody has: whether whoever is signed in administers. */
    @ModelAttribute("administers")
    boolean administers(@Nullable Principal principal) {
        Caller caller = SignedIn.caller(principal);
        return caller != null && caller.may(Permission.ADMINISTER);
    }

    /** The page that is open, for the navigation: the first segment of its path. */
    @ModelAttribute("section")
    String section(HttpServletRequest request) {
        String path = request.getServletPath();
        int end = path.indexOf('/', 1);
        return end < 0 ? path : path.substring(0, end);
    }
}
