package io.araldo;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * An endpoint that opens as a test says, and whose links answer as a test says. Once the script is at its end, it opens
 * at once.
 */
final class TestEndpoint implements Endpoint {
    /** One way to open. */
    @FunctionalInterface
    interface Opening {
        CompletionStage<? extends Link> open(TestLink link);

        static Opening atOnce() {
            return CompletableFuture::completedFuture;
        }

        static Opening fails(String why) {
            return link -> failedFuture(new EndpointException(why));
        }

        static Opening throwing(RuntimeException error) {
            return link -> {
                throw error;
            };
        }

        static Opening throwing(Error error) {
            return link -> {
                throw error;
            };
        }

        static Opening never() {
            return link -> new CompletableFuture<>();
        }
    }

    private final String name;
    private final Deque<Opening> script = new ArrayDeque<>();
    private final List<TestLink> links = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final boolean canWait;
    private final Marshaller marshaller;

    private volatile String resource;
    private volatile boolean lean;
    private volatile boolean holds;
    private volatile Consumer<TestLink.Sent> taker;

    private TestEndpoint(String name, boolean canWait, Marshaller marshaller) {
        this.name = name;
        this.canWait = canWait;
        this.marshaller = marshaller;
    }

    /** One that cannot wait, with raw payloads. */
    static TestEndpoint named(String name) {
        return new TestEndpoint(name, false, Marshaller.raw());
    }

    static TestEndpoint thatCanWait(String name) {
        return new TestEndpoint(name, true, Marshaller.raw());
    }

    static TestEndpoint with(String name, Marshaller marshaller) {
        return new TestEndpoint(name, false, marshaller);
    }

    /** What the next attempts do. */
    TestEndpoint opening(Opening... next) {
        synchronized (script) {
            script.addAll(List.of(next));
        }
        return this;
    }

    /** What the next attempts would have done, they do not: they open at once. */
    void forgetScript() {
        synchronized (script) {
            script.clear();
        }
    }

    /** Links of this endpoint do no more than was needed when they were opened. */
    TestEndpoint thatOpensWhatIsNeeded() {
        lean = true;
        return this;
    }

    boolean isLean() {
        return lean;
    }

    /** Reads from and writes to a resource that echoes. */
    TestEndpoint on(String echoing) {
        resource = echoing;
        return this;
    }

    @Override
    public Set<String> writes() {
        return resource == null ? Set.of() : Set.of(resource);
    }

    @Override
    public boolean reads(String other) {
        return other.equals(resource);
    }

    /** Links of this endpoint answer nothing by themselves. */
    TestEndpoint thatHolds() {
        holds = true;
        return this;
    }

    /** Links of this endpoint do not remember what they are sent, but hand it to this. */
    TestEndpoint handingTo(Consumer<TestLink.Sent> taker) {
        this.taker = taker;
        return this;
    }

    boolean holds() {
        return holds;
    }

    /** Whether somebody else takes what was sent. */
    boolean hands(TestLink.Sent sent) {
        Consumer<TestLink.Sent> to = taker;
        if (to != null) {
            to.accept(sent);
        }
        return to != null;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Marshaller marshaller() {
        return marshaller;
    }

    @Override
    public boolean canWait() {
        return canWait;
    }

    @Override
    public CompletionStage<? extends Link> open(Inbox inbox, LinkContext context) {
        Opening opening;
        synchronized (script) {
            opening = script.isEmpty() ? Opening.atOnce() : script.removeFirst();
        }
        TestLink link = new TestLink(this, inbox, context);
        links.add(link);
        opened.incrementAndGet();
        return opening.open(link);
    }

    /** How many attempts there were. */
    int attempts() {
        return opened.get();
    }

    /** The links of all attempts, whether they opened or not. */
    List<TestLink> links() {
        return links;
    }

    /** The link of the last attempt. */
    TestLink link() {
        return links.get(links.size() - 1);
    }

    /** {@link TestLink#receive(Message)} on the last link. */
    TestLink.Received receive(String text) {
        return link().receive(Message.text(text));
    }

    /** The texts that all links were sent. */
    List<String> sentTexts() {
        return links.stream().flatMap(link -> link.texts().stream()).toList();
    }

    /** An opening that completes when the test says so. */
    static Opening when(CompletableFuture<?> go) {
        return link -> go.thenCompose(any -> completedFuture(link));
    }

    @Override
    public String toString() {
        return "test endpoint " + name;
    }
}
