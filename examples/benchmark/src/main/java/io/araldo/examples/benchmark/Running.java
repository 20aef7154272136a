package io.araldo.examples.benchmark;

/** A subject that runs, with the window through which it gets its messages. */
final class Running implements AutoCloseable {
    private final Window window;
    private final Subject subject;
    private final boolean isQueued;

    private Running(Window window, Subject subject, boolean isQueued) {
        this.window = window;
        this.subject = subject;
        this.isQueued = isQueued;
    }

    static Running hop(Peer peer) {
        Window window = new Window(1);
        return new Running(window, peer.hop(window), peer.isQueued());
    }

    static Running fan(Peer peer) {
        Window window = new Window(Peer.TARGETS);
        return new Running(window, peer.fan(window), peer.isQueued());
    }

    static Running beside(int others) {
        Window window = new Window(1);
        return new Running(window, AraldoSubject.hopBeside(others, window), true);
    }

    /** Sends so many, and returns when they have arrived. */
    void run(int messages) {
        window.run(messages, subject::send);
    }

    /**
     * Ends the subject.
     *
     * @throws IllegalStateException if messages were lost, or came twice, or on another thread than they should have
     */
    @Override
    public void close() {
        subject.close();
        window.check(isQueued);
    }
}
