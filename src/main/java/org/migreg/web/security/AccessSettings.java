package org.migreg.web.security;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is let in.
 *
 * @param loopback whether whoever is on this host may read and ask without a credential
 * @param hostNames names, beside those of loopback itself, under which browsers on this host may ask without one
 * @param rolesClaim where a provider's token has the roles: names divided by dots, such as {@code realm_access.roles}
 * @param roles which role a value there stands for, where it is not the role's own name, or that behind {@code migreg-}
 * @param nameClaim where it has the name that revisions shall say
 * @param requestsPerSecond of one account or address; 0 for as many as it likes
 * @param wrongCredentialsPerMinute that one address may show before it has to wait
 */
@ConfigurationProperties("migreg.access")
record AccessSettings(
        @DefaultValue("true") boolean loopback,
        @DefaultValue List<String> hostNames,
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue Map<String, String> roles,
        @DefaultValue("preferred_username") String nameClaim,
        @DefaultValue("5000") int requestsPerSecond,
        @DefaultValue("300") int wrongCredentialsPerMinute) {}
