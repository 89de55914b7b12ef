package org.migreg.web.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.migreg.contract.problem.ProblemType;
import org.migreg.web.limits.MemoryBudget.Operation;
import org.migreg.web.limits.MemoryBudget.Share;

class MemoryBudgetTests {

    private static final long MEBIBYTE = 1 << 20;
    private static final Client HERE = Client.at("127.0.0.1");
    private static final Client THERE = Client.at("192.0.2.7");
    private static final Operation MATRIX = new Operation("/api/v1/matrix");
    private static final Operation REGISTERS = new Operation("/api/v1/registers");

    private static MemoryBudget of(long mebibytes) {
        return new MemoryBudget(mebibytes * MEBIBYTE, whose -> {});
    }

    @Test
    void whatIsGivenBackCanBeTakenAnew() throws RefusedRequestException {
        MemoryBudget budget = of(16);
        for (int i = 0; i < 100; i++) {
            try (Share share = budget.share(HERE, MATRIX)) {
                share.take(10 * MEBIBYTE);
                share.giveBack(3 * MEBIBYTE);
                assertThat(share.held()).isEqualTo(7 * MEBIBYTE);
            }
        }
    }

    @Test
    void aRequestThatCanNeverFitIsTooLarge() {
        try (Share share = of(16).share(HERE, MATRIX)) {
            assertThatExceptionOfType(RefusedRequestException.class)
                    .isThrownBy(() -> share.take(13 * MEBIBYTE))
                    .satisfies(refused -> assertThat(refused.type()).isEqualTo(ProblemType.BODY_TOO_LARGE))
                    .withMessageContaining("12 MiB");
            assertThat(share.held()).isZero();
        }
    }

    @Test
    void whatDoesNotFitNowIsRefusedForNow() throws RefusedRequestException {
        MemoryBudget budget = of(16);
        try (Share second = budget.share(HERE, MATRIX)) {
            try (Share first = budget.share(HERE, MATRIX)) {
                first.take(10 * MEBIBYTE);
                assertThatExceptionOfType(RefusedRequestException.class)
                        .isThrownBy(() -> second.take(10 * MEBIBYTE))
                        .satisfies(refused -> assertThat(refused.type()).isEqualTo(ProblemType.BUSY));
            }
            second.take(10 * MEBIBYTE);
        }
    }

    @Test
    void aClientLeavesSomeForOthers() {
        MemoryBudget budget = of(64);
        try (Share large = budget.share(HERE, MATRIX);
                Share small = budget.share(HERE, REGISTERS);
                Share other = budget.share(THERE, MATRIX)) {
            assertThat(large.tryTake(48 * MEBIBYTE)).isTrue();
            assertThat(large.tryTake(MEBIBYTE)).as("more that is large").isFalse();
            assertThat(small.tryTake(MEBIBYTE))
                    .as("a small question of the same client")
                    .isTrue();
            int taken = 1;
            while (budget.share(HERE, new Operation("/" + taken)).tryTake(MEBIBYTE)) {
                taken++;
            }
            assertThat(taken).as("an eighth is left to others").isEqualTo(8);
            assertThat(other.tryTake(MEBIBYTE)).as("another client").isTrue();
        }
    }

    @Test
    void oneKindOfQuestionLeavesSomeForOthers() {
        MemoryBudget budget = of(64);
        int matrices = 0;
        while (budget.share(HERE, MATRIX).tryTake(MEBIBYTE)) {
            matrices++;
        }
        assertThat(matrices).isEqualTo(24);
        assertThat(budget.share(HERE, REGISTERS).tryTake(MEBIBYTE)).isTrue();
    }

    @Test
    void whoeverLetsTheServiceWaitMakesWay() throws RefusedRequestException {
        AtomicInteger asked = new AtomicInteger();
        AtomicReference<Share> waiting = new AtomicReference<>();
        MemoryBudget budget = new MemoryBudget(16 * MEBIBYTE, whose -> {
            asked.incrementAndGet();
            assertThat(whose.test(waiting.get())).isTrue();
            waiting.get().close();
        });
        waiting.set(budget.share(THERE, MATRIX));
        waiting.get().take(10 * MEBIBYTE);
        try (Share working = budget.share(HERE, MATRIX)) {
            working.take(10 * MEBIBYTE);
            assertThat(working.held()).isEqualTo(10 * MEBIBYTE);
            assertThat(asked).hasPositiveValue();
        }
    }

    @Test
    void addressesOfOneNetworkAreOneClient() {
        assertThat(Client.at("2001:db8:1:2::1")).isEqualTo(Client.at("2001:db8:1:2:ffff::9"));
        assertThat(Client.at("2001:db8:1:2::1")).isNotEqualTo(Client.at("2001:db8:1:3::1"));
        assertThat(Client.at("192.0.2.7")).isNotEqualTo(Client.at("192.0.2.8"));
        assertThat(Client.at("::1")).isNotEqualTo(Client.at("2001:db8::1"));
    }
}
