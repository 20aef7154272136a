package io.araldo.testing;

import io.araldo.Endpoint;
import io.araldo.EndpointException;
import io.araldo.Inbox;
import io.araldo.Link;
import io.araldo.LinkContext;
import io.araldo.Marshaller;
import io.araldo.Message;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint that keeps its contract, but for one {@link Mistake}; it reads and writes a {@link PlantedPlace}. */
final class PlantedEndpoint implements Endpoint {
    static final String RESOURCE = "planted://here:1/place";
    static final String PASSWORD = "s3cret";

    final PlantedPlace place;
    final Mistake mistake;
    private final boolean opens;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    private PlantedEndpoint(PlantedPlace place, Mistake mistake, boolean opens) {
        this.place = place;
        this.mistake = mistake;
        this.opens = opens;
    }

    static PlantedEndpoint in(PlantedPlace place, Mistake mistake) {
        return new PlantedEndpoint(place, mistake, true);
    }

    static PlantedEndpoint unopenable(PlantedPlace place, Mistake mistake) {
        return new PlantedEndpoint(place, mistake, false);
    }

    boolean makes(Mistake which) {
        return mistake == which;
    }

    @Override
    public String name() {
        return "planted";
    }

    @Override
    public Marshaller marshaller() {
        return Marshaller.raw();
    }

    @Override
    public boolean canWait() {
        return true;
    }

    @Override
    public Set<String> writes() {
        return makes(Mistake.CHANGES_ITS_RESOURCES) && opened.get() > 0 ? Set.of() : Set.of(RESOURCE);
    }

    @Override
    public boolean reads(String resource) {
        return resource.equals(RESOURCE);
    }

    @Override
    public CompletionStage<? extends Link> open(Inbox inbox, LinkContext context) {
        if (!opens) {
            throw refused(context);
        }
        if ((makes(Mistake.OPENS_ONCE) && opened.get() > 0 && open.get() == 0)
                || (makes(Mistake.SERVES_ONE_RELAY) && open.get() > 0)) {
            throw new EndpointException("planted endpoint 'planted': cannot open here:1: in use");
        }
        opened.incrementAndGet();
        open.incrementAndGet();
        PlantedLink link = new PlantedLink(this, inbox, context);
        if (makes(Mistake.GREETS_WHILE_IT_OPENS)) {
            inbox.received(Message.text("welcome"), outcome -> {});
        }
        return CompletableFuture.completedFuture(link);
    }

    private EndpointException refused(LinkContext context) {
        if (makes(Mistake.LEAKS_WHEN_OPENING_FAILS)) {
            context.shared(RESOURCE, Object::new, resource -> {});
        }
        return new EndpointException(
                makes(Mistake.FAILS_WITHOUT_SAYING_WHERE)
                        ? "refused"
                        : "planted endpoint 'planted': cannot open here:1: refused; start it there");
    }

    void closed() {
        open.decrementAndGet();
    }

    @Override
    public String toString() {
        return "PlantedEndpoint[" + (makes(Mistake.SHOWS_ITS_PASSWORD) ? PASSWORD : "here:1") + "]";
    }
}
