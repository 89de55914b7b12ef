package org.migreg.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Spring names an answer {@code f.txt} where the address ends in what it takes for a file's extension, lest a browser save
 * it as a program ("reflected file download"). The addresses here end in {@code virt-10.1}, which is no extension, and no
 * browser guesses a type here, since every answer says {@code nosniff}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class InventedFileNameFilter extends OncePerRequestFilter {

    private static final String INVENTED = "inline;filename=f.txt";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, new HttpServletResponseWrapper(response) {
            private boolean isInvented(String name, String value) {
                return name.equalsIgnoreCase(HttpHeaders.CONTENT_DISPOSITION) && INVENTED.equals(value);
            }

            @Override
            public void setHeader(String name, String value) {
                if (!isInvented(name, value)) {
                    super.setHeader(name, value);
                }
            }

            @Override
            public void addHeader(String name, String value) {
                if (!isInvented(name, value)) {
                    super.addHeader(name, value);
                }
            }
        });
    }
}
