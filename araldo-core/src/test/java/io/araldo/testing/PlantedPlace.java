package io.araldo.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A broker in memory, to which {@link PlantedLink}s connect; also holds what they leak, until it is closed. */
final class PlantedPlace {
    final CountDownLatch closed = new CountDownLatch(1);
    final AtomicLong connections = new AtomicLong();
    final List<PlantedLink> links = new CopyOnWriteArrayList<>();
    private final List<PlantedLink> broken = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<InputStream> files = new ArrayList<>();

    private volatile boolean stalled;

    void connect(PlantedLink link) {
        connections.incrementAndGet();
        links.add(link);
    }

    /** What one sender publishes; waits while a link must. */
    void say(String text) {
        links.forEach(link -> link.arrives(text));
    }

    List<String> heard() {
        return List.copyOf(heard);
    }

    void hear(String text) {
        heard.add(text);
    }

    void cut() {
        List<PlantedLink> all = List.copyOf(links);
        broken.addAll(all);
        all.forEach(PlantedLink::cutOff);
    }

    void stall() {
        stalled = true;
    }

    boolean isStalled() {
        return stalled;
    }

    void mend() {
        stalled = false;
        broken.forEach(PlantedLink::mended);
        broken.clear();
    }

    /** A file that nobody closes. */
    void leakFile() {
        try {
            files.add(Files.newInputStream(Path.of("pom.xml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A thread that nobody ends. */
    void leakThread() {
        Thread thread = new Thread(this::awaitClosed, "araldo-planted-leak");
        thread.setDaemon(true);
        thread.start();
    }

    /** Blocks until it is closed. */
    void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        closed.countDown();
        try {
            for (InputStream file : files) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
