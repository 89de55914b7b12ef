package org.migreg.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request without a credential is one of somebody on this host: it comes over loopback, no proxy passed it on, and
 * no page of another origin had a browser send it, be it under a name of its own that leads here (DNS rebinding).
 */
final class LoopbackTrust {

    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

    /** What proxies add. */
    private static final Set<String> OF_PROXIES =
            Set.of("forwarded", "via", "x-real-ip", "x-client-ip", "x-original-host", "x-original-url");

    private final AccessSettings settings;
    private final boolean believesProxies;

    /** @param believesProxies whether the address that a request comes from is what a proxy says, which a client may have said first */
    LoopbackTrust(AccessSettings settings, boolean believesProxies) {
        this.settings = settings;
        this.believesProxies = believesProxies;
    }

    /** Why a request is not trusted; empty where it is. */
    Optional<String> objection(HttpServletRequest request) {
        if (!settings.loopback()) {
            return Optional.of("nobody is served without a credential here");
        }
        if (believesProxies) {
            return Optional.of("behind a proxy nobody is served without a credential");
        }
        if (!isLoopback(request.getRemoteAddr())) {
            return Optional.of("it comes from another host");
        }
        String proxied = headerOfAProxy(request);
        if (proxied != null) {
            return Optional.of("its header " + proxied + " says that it was passed on from elsewhere");
        }
        // With a list of Host headers Tomcat refuses the request itself.
        String host = request.getHeader("Host");
        if (host == null || !isOurs(hostName(host))) {
            return Optional.of("its header Host names another host than this one by its address of loopback");
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !isOfTheSameOrigin(origin, host)) {
            return Optional.of("its header Origin says that a page from elsewhere had it sent");
        }
        String site = request.getHeader("Sec-Fetch-Site");
        boolean isElsewhere = site != null && !Set.of("same-origin", "none").contains(site.toLowerCase(Locale.ROOT));
        if (isElsewhere && !isALink(request)) {
            return Optional.of("its header Sec-Fetch-Site says that a page from elsewhere had it sent");
        }
        return Optional.empty();
    }

    /** Following a link from elsewhere shows a page to a person, and nothing to where the link stands. */
    private static boolean isALink(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && "navigate".equalsIgnoreCase(request.getHeader("Sec-Fetch-Mode"))
                && "document".equalsIgnoreCase(request.getHeader("Sec-Fetch-Dest"));
    }

    private static @Nullable String headerOfAProxy(HttpServletRequest request) {
        Enumeration<String> names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-forwarded") || OF_PROXIES.contains(name)) {
                return name;
            }
        }
        return null;
    }

    private static String hostName(String header) {
        int end = header.startsWith("[") ? header.indexOf(']') + 1 : header.indexOf(':');
        return (end <= 0 ? header : header.substring(0, end)).toLowerCase(Locale.ROOT);
    }

    private boolean isOurs(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || LOOPBACK_V4.matcher(host).matches()
                || settings.hostNames().stream().anyMatch(host::equalsIgnoreCase);
    }

    private static boolean isOfTheSameOrigin(String origin, String host) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null && withoutUsualPort(authority).equalsIgnoreCase(withoutUsualPort(host));
        } catch (IllegalArgumentException notAnOrigin) {
            return false;
        }
    }

    private static String withoutUsualPort(String authority) {
        for (String port : List.of(":80", ":443")) {
            if (authority.endsWith(port)) {
                return authority.substring(0, authority.length() - port.length());
            }
        }
        return authority;
    }

    static boolean isLoopback(String address) {
        try {
            // A literal address: no name is looked up.
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
