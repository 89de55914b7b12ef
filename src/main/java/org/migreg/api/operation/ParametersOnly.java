package org.migreg.api.operation;

import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.servlet.support.ExtendedServletRequestDataBinder;

/** Spring MVC takes a header {@code Prune} for the parameter of that name where a record holds it; only parameters count here. */
@ControllerAdvice
class ParametersOnly {

    @InitBinder
    void withoutHeaders(WebDataBinder binder) {
        if (binder instanceof ExtendedServletRequestDataBinder extended) {
            extended.setHeaderPredicate(name -> false);
        }
    }
}
