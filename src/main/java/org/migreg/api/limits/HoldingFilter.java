package org.migreg.api.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Has answers held until they are complete. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class HoldingFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(HoldingFilter.class);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Exchange exchange = Exchange.of(request);
        if (exchange == null) {
            chain.doFilter(request, response);
            return;
        }
        try {
            chain.doFilter(request, exchange.answer(response));
            exchange.send();
        } catch (ClientAbortException gone) {
            LOG.debug("there is nobody left to answer", gone);
        }
    }
}
