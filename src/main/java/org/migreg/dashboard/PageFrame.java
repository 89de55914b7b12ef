package org.migreg.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page shows around its own content. */
@ControllerAdvice(basePackages = "org.migreg.dashboard")
class PageFrame {

    /** Who is signed in; null for readers. */
    @ModelAttribute("who")
    @Nullable
    String who(@Nullable Principal principal) {
        return principal == null ? null : principal.getName();
    }

    /** The page that is open, for the navigation: the first segment of its path. */
    @ModelAttribute("section")
    String section(HttpServletRequest request) {
        String path = request.getServletPath();
        int end = path.indexOf('/', 1);
        return end < 0 ? path : path.substring(0, end);
    }
}
