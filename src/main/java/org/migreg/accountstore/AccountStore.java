package org.migreg.accountstore;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.migreg.access.ApiToken;
import org.migreg.access.Caller;
import org.migreg.history.ExpectedVersion;
import org.migreg.revision.DurableWrites;
import org.migreg.revision.StaleVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps accounts and their tokens. Which tokens are good is answered from memory, which follows what other instances write
 * within some seconds; while the database is away, what was known last stays in force. Safe for use by many threads.
 *
 * <p>Whatever writes throws {@link org.migreg.revision.DatabaseUnavailableException} when the database cannot take it now.
 */
@Component
public class AccountStore {

    /** How many accounts there may be. */
    public static final int MOST_ACCOUNTS = 10_000;

    /** How many tokens of an account may be live, so that one can be replaced while the other still works. */
    public static final int MOST_LIVE_TOKENS = 2;

    /** How long a token lives unless something else is asked for. */
    public static final Duration USUAL_LIFE = Duration.ofDays(90);

    /** How long it lives at the most. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(366);

    static final int DAYS_ENDED_TOKENS_ARE_SHOWN = 30;

    private static final Logger LOG = LoggerFactory.getLogger(AccountStore.class);

    private final AccountRepository accounts;
    private final EntityManager entityManager;
    private final DurableWrites durableWrites;
    private final TransactionTemplate transaction;
    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    private volatile Memory memory = new Memory(-1, Map.of());
    private boolean failing;

    AccountStore(
            AccountRepository accounts,
            EntityManager entityManager,
            DurableWrites durableWrites,
            PlatformTransactionManager transactionManager) {
        this.accounts = accounts;
        this.entityManager = entityManager;
        this.durableWrites = durableWrites;
        this.transaction = new TransactionTemplate(transactionManager);
        follow();
    }

    /** What is known of all tokens that may be good. */
    private record Memory(long version, Map<String, Known> tokens) {}

    private record Known(String hash, AccountToken token, Caller caller) {}

    /** A token that is good. */
    public record Bearer(String tokenId, Caller caller, Instant expiresAt) {}

    /** A token that was just made; its text is not to be had again. */
    public record NewToken(ApiToken token, AccountToken kept) {}

    /** Why a token is not taken. */
    public enum Refusal {
        UNKNOWN,
        EXPIRED,
        REVOKED
    }

    /** What came of looking at a token. */
    public sealed interface Look {}

    /** It is good. */
    public record Good(Bearer bearer) implements Look {}

    /** It is not. */
    public record Bad(Refusal why) implements Look {}

    /** Whether a token is good now; asks no database. */
    public Look look(ApiToken token) {
        Known known = memory.tokens().get(token.id());
        if (known == null || !token.is(known.hash())) {
            return new Bad(Refusal.UNKNOWN);
        }
        Instant now = Instant.now();
        return switch (known.token().stateAt(now)) {
            case LIVE -> {
                used.put(token.id(), now);
                yield new Good(
                        new Bearer(token.id(), known.caller(), known.token().expiresAt()));
            }
            case EXPIRED -> new Bad(Refusal.EXPIRED);
            case REVOKED -> new Bad(Refusal.REVOKED);
        };
    }

    /** Whom a token speaks for that was good before; empty where it no longer is. Asks no database. */
    public Optional<Caller> stillGood(String tokenId) {
        Known known = memory.tokens().get(tokenId);
        return known != null && known.token().stateAt(Instant.now()) == AccountToken.State.LIVE
                ? Optional.of(known.caller())
                : Optional.empty();
    }

    /** All accounts by name. */
    public List<Account> all() {
        return transaction.execute(status -> {
            Map<String, List<AccountToken>> tokens = accounts.tokens().stream()
                    .map(ApiTokenEntity::toToken)
                    .collect(Collectors.groupingBy(AccountToken::account));
            return accounts.all().stream()
                    .map(account -> account.toAccount(tokens.getOrDefault(account.name(), List.of())))
                    .toList();
        });
    }

    /**
     * @throws NoSuchAccountException when it is not there
     */
    public Account get(String name) {
        return transaction.execute(status -> account(name));
    }

    private Account account(String name) {
        return required(name)
                .toAccount(accounts.tokensOf(name).stream()
                        .map(ApiTokenEntity::toToken)
                        .toList());
    }

    private AccountEntity required(String name) {
        return accounts.findById(name).orElseThrow(() -> new NoSuchAccountException(name));
    }

    /**
     * Makes an account, without a token.
     *
     * @throws AccountExistsException when there is one of this name
     * @throws TokensInUseException when there are as many as may be
     */
    public Account create(AccountDefinition definition, String author) {
        return changed(version -> {
            if (accounts.findById(definition.name()).isPresent()) {
                throw new AccountExistsException(definition.name());
            }
            if (accounts.count() >= MOST_ACCOUNTS) {
                throw new TokensInUseException(
                        "there are " + MOST_ACCOUNTS + " accounts, and no more may be: delete some");
            }
            entityManager.persist(new AccountEntity(definition, now(), author, version));
            return definition.name();
        });
    }

    /**
     * Gives an account another definition, which its tokens follow.
     *
     * @throws NoSuchAccountException when it is not there
     * @throws StaleVersionException when it has another version
     */
    public Account replace(AccountDefinition definition, ExpectedVersion expected) {
        return changed(version -> {
            required(definition.name(), expected).define(definition, version);
            return definition.name();
        });
    }

    /**
     * Deletes an account for good; its tokens are no longer taken.
     *
     * @throws NoSuchAccountException when it is not there
     * @throws StaleVersionException when it has another version
     */
    public void delete(String name, ExpectedVersion expected) {
        write(version -> {
            required(name, expected);
            accounts.deleteTokensOf(name);
            accounts.delete(name);
            return name;
        });
    }

    private AccountEntity required(String name, ExpectedVersion expected) {
        AccountEntity account = required(name);
        if (!expected.isMetBy(account.version())) {
            throw new StaleVersionException(
                    "account '" + name + "' has version " + account.version() + " by now", expected, account.version());
        }
        return account;
    }

    /**
     * Makes a token.
     *
     * @param life from a day to {@link #LONGEST_LIFE}
     * @throws NoSuchAccountException when the account is not there
     * @throws TokensInUseException when it has {@value #MOST_LIVE_TOKENS} that are live
     * @throws IllegalArgumentException when it would live too long
     */
    public NewToken issue(String account, Duration life, String author) {
        if (life.compareTo(Duration.ofDays(1)) < 0 || life.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("a token lives for 1 to 366 days");
        }
        ApiToken token = ApiToken.random();
        AccountToken kept = write(version -> {
            Instant now = now();
            List<AccountToken> tokens = account(account).tokens();
            if (tokens.stream()
                            .filter(each -> each.stateAt(now) == AccountToken.State.LIVE)
                            .count()
                    >= MOST_LIVE_TOKENS) {
                throw new TokensInUseException("account '" + account + "' has " + MOST_LIVE_TOKENS
                        + " live tokens, and no more may be: revoke one that is no longer used");
            }
            accounts.deleteTokensEndedBefore(account, now.minus(Duration.ofDays(DAYS_ENDED_TOKENS_ARE_SHOWN)));
            ApiTokenEntity entity = new ApiTokenEntity(token, account, now, author, now.plus(life));
            entityManager.persist(entity);
            return entity.toToken();
        });
        return new NewToken(token, kept);
    }

    /**
     * Ends a token; one that has ended stays as it is.
     *
     * @throws NoSuchAccountException when the account is not there
     * @throws NoSuchTokenException when it has no such token
     */
    public void revoke(String account, String id) {
        write(version -> {
            required(account);
            accounts.token(account, id)
                    .orElseThrow(() -> new NoSuchTokenException(account, id))
                    .revoke(now());
            return account;
        });
    }

    private Account changed(Change<String> change) {
        return get(write(change));
    }

    private interface Change<T> {
        T make(long version);
    }

    private <T> T write(Change<T> change) {
        T done = durableWrites.write(() -> {
            accounts.countUp();
            T made = change.make(accounts.version());
            entityManager.flush();
            return made;
        });
        follow();
        return done;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    /** Looks whether this or another instance changed something. */
    @Scheduled(fixedDelayString = "${migreg.access.refresh-interval:1s}")
    final synchronized void follow() {
        try {
            memory = transaction.execute(status -> {
                long version = accounts.version();
                return version == memory.version() ? memory : new Memory(version, known());
            });
            failing = false;
        } catch (DataAccessException | TransactionException unreachable) {
            if (!failing) {
                failing = true;
                LOG.warn("cannot look for changed accounts; what is known of tokens stays in force", unreachable);
            }
        }
    }

    private Map<String, Known> known() {
        Map<String, Caller> callers = accounts.all().stream()
                .collect(Collectors.toMap(
                        AccountEntity::name,
                        account -> account.toAccount(List.of()).caller()));
        Map<String, Known> known = new HashMap<>();
        for (ApiTokenEntity token : accounts.tokens()) {
            Caller caller = callers.get(token.account());
            if (caller != null) {
                AccountToken kept = token.toToken();
                known.put(kept.id(), new Known(token.hash(), kept, caller));
            }
        }
        return Map.copyOf(known);
    }

    /** Writes down, in batches, when tokens were last used; what cannot be written is lost rather than waited for. */
    @Scheduled(fixedDelayString = "${migreg.access.last-use-interval:1m}")
    void noteUses() {
        Map<String, Instant> uses = new HashMap<>();
        for (String id : List.copyOf(used.keySet())) {
            Instant last = used.remove(id);
            if (last != null) {
                uses.put(id, last.truncatedTo(ChronoUnit.MICROS));
            }
        }
        if (uses.isEmpty()) {
            return;
        }
        try {
            transaction.executeWithoutResult(status -> uses.forEach(accounts::used));
        } catch (DataAccessException | TransactionException unreachable) {
            LOG.debug("the last uses of {} tokens were not written down", uses.size(), unreachable);
        }
    }
}
