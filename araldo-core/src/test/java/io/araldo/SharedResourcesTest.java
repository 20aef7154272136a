package io.araldo;

import static io.araldo.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedResourcesTest {
    private final SharedResources resources = new SharedResources();
    private final AtomicInteger opened = new AtomicInteger();
    private final List<String> closed = new ArrayList<>();

    private LinkContext.Lease<String> lease(Object key) {
        return resources.lease(key, () -> key + "-" + opened.incrementAndGet(), closed::add);
    }

    @Test
    void equalKeysShareUntilTheLastLeaseIsClosed() {
        LinkContext.Lease<String> first = lease("a");
        LinkContext.Lease<String> second = lease("a");
        assertThat(first.get()).isEqualTo("a-1").isSameAs(second.get());

        first.close();
        assertThat(closed).isEmpty();
        second.close();

        assertThat(closed).containsExactly("a-1");
    }

    @Test
    void otherKeysHaveTheirOwn() {
        assertThat(lease("a").get()).isEqualTo("a-1");
        assertThat(lease("b").get()).isEqualTo("b-2");
    }

    @Test
    void closingALeaseAgainDoesNothing() {
        LinkContext.Lease<String> first = lease("a");
        LinkContext.Lease<String> second = lease("a");

        first.close();
        first.close();

        assertThat(closed).isEmpty();
        second.close();
        assertThat(closed).hasSize(1);
    }

    @Test
    void resourceIsOpenedAnewAfterTheLastClose() {
        lease("a").close();

        assertThat(lease("a").get()).isEqualTo("a-2");
    }

    @Test
    void openerThatThrowsLeavesNothing() {
        IllegalStateException boom = new IllegalStateException("boom");
        assertThatThrownBy(() -> resources.<String>lease(
                        "a",
                        () -> {
                            throw boom;
                        },
                        closed::add))
                .isSameAs(boom);

        lease("a").close();

        assertThat(closed).containsExactly("a-1");
    }

    @Test
    void openerMayLeaseAnotherKey() {
        LinkContext.Lease<String> outer =
                resources.lease("outer", () -> lease("inner").get() + "!", closed::add);

        assertThat(outer.get()).isEqualTo("inner-1!");
    }

    @Test
    void openerThatBlocksHoldsUpItsOwnKeyAlone() throws InterruptedException {
        LinkContext.Lease<String> other = lease("other");
        CountDownLatch opening = new CountDownLatch(1);
        CompletableFuture<String> go = new CompletableFuture<>();
        CompletableFuture<String> slow = new CompletableFuture<>();
        new Thread(() -> slow.complete(resources
                        .lease(
                                "slow",
                                () -> {
                                    opening.countDown();
                                    return go.join();
                                },
                                closed::add)
                        .get()))
                .start();
        opening.await();
        CompletableFuture<Void> done = new CompletableFuture<>();

        new Thread(() -> {
                    lease("third");
                    other.close();
                    done.complete(null);
                })
                .start();

        until(done::isDone);
        assertThat(closed).containsExactly("other-1");
        go.complete("slow");
        until(slow::isDone);
    }
}
