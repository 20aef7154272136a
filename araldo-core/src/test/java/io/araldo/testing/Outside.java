package io.araldo.testing;

import io.araldo.Endpoint;
import io.araldo.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What lies beyond an endpoint, as {@link EndpointContract} sees it: a broker, a peer, a network, and what a test can do
 * there. What it is not told it cannot do, and the rules that need it are skipped. A value; what it is given is called
 * on the thread of a test, unless it says otherwise, and may throw: that fails the rule.
 */
public final class Outside {
    private final Builder options;

    private Outside(Builder options) {
        this.options = options;
    }

    /**
     * Begins with how to make the endpoint: a new description each time, of the same place. Name it as you like; put a
     * login into its address if it takes one, and tell {@link Builder#secrets}.
     */
    public static Builder builder(Supplier<? extends Endpoint> endpoint) {
        return new Builder(endpoint);
    }

    Endpoint endpoint() {
        return options.endpoint.get();
    }

    boolean canSay() {
        return options.says != null;
    }

    /** The endpoint may be closed: then there may be nobody to say it to. */
    void say(String text) {
        if (options.says != null) {
            options.says.accept(text);
        }
    }

    boolean canHear() {
        return options.hears != null;
    }

    List<String> heard() {
        return options.hears == null ? List.of() : options.hears.get();
    }

    void meet(Link link) {
        options.meets.accept(link);
    }

    boolean canCut() {
        return options.cuts != null;
    }

    void cut() {
        if (options.cuts != null) {
            options.cuts.run();
        }
    }

    void mend() {
        options.mends.run();
    }

    boolean canStall() {
        return options.stalls != null;
    }

    /** Where it cannot, all goes on. */
    void stall() {
        if (options.stalls != null) {
            options.stalls.run();
        }
    }

    boolean countsConnections() {
        return options.connections != null;
    }

    long connections() {
        return options.connections == null ? 0 : options.connections.getAsLong();
    }

    boolean canRefuse() {
        return options.unopenable != null;
    }

    Endpoint unopenable() {
        if (options.unopenable == null) {
            throw new IllegalStateException("no endpoint that cannot be opened (expected: unopenable(…))");
        }
        return options.unopenable.get();
    }

    /** What the message of a failed opening must name. */
    String where() {
        return options.where;
    }

    List<String> secrets() {
        return Collections.unmodifiableList(options.secrets);
    }

    List<String> threads() {
        return Collections.unmodifiableList(options.threads);
    }

    boolean isHandle() {
        return options.kind == Kind.HANDLE;
    }

    boolean speaksForClients() {
        return options.speaker == Speaker.CLIENT;
    }

    Duration patience() {
        return options.patience;
    }

    Duration quiet() {
        return options.quiet;
    }

    void close() {
        options.closes.run();
    }

    private enum Kind {
        DESCRIPTION,
        HANDLE
    }

    private enum Speaker {
        PEER,
        CLIENT
    }

    /** Says what can be done outside; all but the endpoint may be left out. For one thread. */
    public static final class Builder {
        private final Supplier<? extends Endpoint> endpoint;
        private final List<String> secrets = new ArrayList<>();
        private final List<String> threads = new ArrayList<>(List.of("araldo-"));
        private Consumer<Link> meets = link -> {};
        private @Nullable Consumer<String> says;
        private @Nullable Supplier<List<String>> hears;
        private @Nullable Runnable cuts;
        private Runnable mends = () -> {};
        private @Nullable Runnable stalls;
        private @Nullable LongSupplier connections;
        private @Nullable Supplier<? extends Endpoint> unopenable;
        private String where = "";
        private Kind kind = Kind.DESCRIPTION;
        private Speaker speaker = Speaker.PEER;
        private Duration patience = Duration.ofSeconds(10);
        private Duration quiet = Duration.ofMillis(250);
        private Runnable closes = () -> {};

        private Builder(Supplier<? extends Endpoint> endpoint) {
            this.endpoint = endpoint;
        }

        /** Called with each link as soon as it is open: connects a client to a server, say. */
        public Builder meets(Consumer<Link> meets) {
            this.meets = meets;
            return this;
        }

        /**
         * How somebody outside, always the same one, sends a text to the endpoint, of up to a kilobyte. It may block
         * while nobody reads it. Called from one thread at a time, also when the endpoint is closed: then it should
         * try, and not throw.
         */
        public Builder says(Consumer<String> says) {
            this.says = says;
            return this;
        }

        /** The texts that came out of the endpoint so far, in order: a copy. Called from any thread. */
        public Builder hears(Supplier<List<String>> hears) {
            this.hears = hears;
            return this;
        }

        /** Breaks the connection, so that the link is lost. {@link #says} must get round what is broken, if it can. */
        public Builder cuts(Runnable cuts) {
            this.cuts = cuts;
            return this;
        }

        /** Ends what {@link #cuts} and {@link #stalls} have begun: who connects now gets through. */
        public Builder mends(Runnable mends) {
            this.mends = mends;
            return this;
        }

        /** From now on nobody outside reads what the endpoint writes, or answers it. */
        public Builder stalls(Runnable stalls) {
            this.stalls = stalls;
            return this;
        }

        /** How often the endpoint has connected since the beginning; by it a link that reconnects is noticed. */
        public Builder connections(LongSupplier connections) {
            this.connections = connections;
            return this;
        }

        /**
         * How to make an endpoint that cannot be opened now, with the {@link #secrets} in it, if there are any.
         *
         * @param where what the message must name: the address without secrets
         */
        public Builder unopenable(Supplier<? extends Endpoint> unopenable, String where) {
            this.unopenable = unopenable;
            this.where = where;
            return this;
        }

        /** What must stand in no address, message or {@code toString}: users, passwords, tokens. */
        public Builder secrets(String... secrets) {
            Collections.addAll(this.secrets, secrets);
            return this;
        }

        /** Beginnings of the names of threads that the endpoint's library starts; {@code araldo-} is always watched. */
        public Builder threads(String... prefixes) {
            Collections.addAll(threads, prefixes);
            return this;
        }

        /** The endpoint is a handle: used by one relay at a time. */
        public Builder handle() {
            kind = Kind.HANDLE;
            return this;
        }

        /** Who {@link #says} something is a client, so that what is received carries a session. */
        public Builder clients() {
            speaker = Speaker.CLIENT;
            return this;
        }

        /** How long a rule waits for what must happen; default 10 seconds. */
        public Builder patience(Duration patience) {
            this.patience = patience;
            return this;
        }

        /** How long a rule watches that something does not happen; default a quarter of a second. */
        public Builder quiet(Duration quiet) {
            this.quiet = quiet;
            return this;
        }

        /** Called at the end of each rule, when its links are closed. */
        public Builder closes(Runnable closes) {
            this.closes = closes;
            return this;
        }

        /** The whole. */
        public Outside build() {
            return new Outside(this);
        }
    }
}
