package io.araldo.testing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link io.araldo.Endpoint} and its links must do, as tests: a subclass says what is {@link #outside} of one
 * endpoint, and inherits a test for each rule. The page {@code docs/endpoint-contract.md} lists the rules and why they
 * are; the Javadoc of each tells where to look if it fails.
 *
 * <pre>{@code
 * class StompEndpointIT extends EndpointContract {
 *     @Override
 *     protected Outside outside() {
 *         FaultProxy network = FaultProxy.to(broker.port());
 *         return Outside.builder(() -> StompEndpoint.to("stomp://ada:s3cret@127.0.0.1:" + network.port()))
 *                 .secrets("s3cret")
 *                 .says(broker::publish)
 *                 .hears(broker::published)
 *                 .cuts(() -> network.inject(Fault.RESET))
 *                 .stalls(() -> network.inject(Fault.STOP_READING))
 *                 .mends(network::restore)
 *                 .connections(network::accepted)
 *                 .closes(network::close)
 *                 .build();
 *     }
 * }
 * }</pre>
 *
 * <p>A rule that needs what the outside cannot do is skipped, and says so. The rules stand alone: each has an outside, a
 * relay's context and links of its own. Besides JUnit 5 this needs AssertJ and Awaitility. Do not run other tests that
 * start threads or open files at the same time in the same JVM: two rules count them.
 */
public abstract class EndpointContract {
    private Bench bench;
    private OpeningRules opening;
    private ReceivingRules receiving;
    private SendingRules sending;
    private EndingRules ending;

    /** For subclasses. */
    protected EndpointContract() {}

    /** What is around the endpoint: called before each rule, on its thread; closed by {@link Outside.Builder#closes}. */
    protected abstract Outside outside() throws Exception;

    /** Begins a rule; JUnit calls it. */
    @BeforeEach
    public final void begin() throws Exception {
        bench = new Bench(outside());
        opening = new OpeningRules(bench);
        receiving = new ReceivingRules(bench);
        sending = new SendingRules(bench);
        ending = new EndingRules(bench);
    }

    /** Closes what a rule has opened; JUnit calls it. */
    @AfterEach
    public final void end() {
        if (bench != null) {
            bench.close();
        }
    }

    /**
     * If this fails, look at what the stage of open waits for: the confirmation of a subscription, a bound port.
     * Connect in open, not at the first use.
     */
    @Test
    @DisplayName("E01 is ready when open completes")
    public final void isReadyWhenOpenCompletes() {
        opening.isReady();
    }

    /** If this fails, look at who calls the inbox from within open. Nothing was sent to the endpoint here. */
    @Test
    @DisplayName("E02 hands nothing over before it is open")
    public final void handsNothingOverBeforeItIsOpen() {
        opening.isSilent();
    }

    /**
     * If this fails, look at the EndpointException that open ends with: the endpoint's name, the address without
     * secrets, the remedy behind "; " or in parentheses.
     */
    @Test
    @DisplayName("E03 says in one line what cannot be opened, where, why, and what to do")
    public final void saysWhatCannotBeOpened() {
        opening.says();
    }

    /**
     * If this fails, look at what was begun before the failure: a client's threads, a socket, a lease, a timer; and
     * whether lost was reported.
     */
    @Test
    @DisplayName("E04 leaves nothing when it cannot be opened")
    public final void leavesNothingWhenItCannotBeOpened() {
        opening.failureLeavesNothing();
    }

    /** If this fails, look at what the description holds: it must hold nothing of a link. */
    @Test
    @DisplayName("E05 can be opened again after it was closed")
    public final void canBeOpenedAgain() {
        opening.opensAgain();
    }

    /**
     * If this fails, look at fields of the description that links share; of a handle, whether it lets a second link
     * replace the first.
     */
    @Test
    @DisplayName("E06 serves two relays at once, or refuses the second if it is a handle")
    public final void servesTwoRelaysOrRefuses() {
        opening.servesTwo();
    }

    /** If this fails, look at name, marshaller, canWait, writes and reads: they depend on the builder alone. */
    @Test
    @DisplayName("E07 says the same of itself at all times")
    public final void saysTheSameOfItself() {
        opening.isConstant();
    }

    /** If this fails, look at LinkContext.origin, and whether a session is given exactly where there are clients. */
    @Test
    @DisplayName("E08 stamps the origin on what it receives")
    public final void stampsTheOrigin() {
        receiving.stampsOrigin();
    }

    /** If this fails, look at Message.withTrail, and whether the resource is spelled as reads and writes spell it. */
    @Test
    @DisplayName("E09 stamps the resource that it read from")
    public final void stampsWhatItReadFrom() {
        receiving.stampsTrail();
    }

    /** If this fails, look at whether more than one thread hands over what one sender sent. */
    @Test
    @DisplayName("E10 hands over in order")
    public final void handsOverInOrder() {
        receiving.keepsOrder();
    }

    /**
     * If this fails, look at what becomes of the future that received returns; if nobody can be held back, canWait
     * must say so.
     */
    @Test
    @DisplayName("E11 stops reading while it must wait")
    public final void stopsReadingWhileItMustWait() {
        receiving.waits();
    }

    /**
     * If this fails, look at listeners that outlive the link: unsubscribe, and check the state before each hand-over.
     */
    @Test
    @DisplayName("E12 hands nothing over once it is closed")
    public final void handsNothingOverOnceClosed() {
        receiving.nothingAfterClose();
    }

    /** If this fails, look at what goes on reading although the loss was reported. */
    @Test
    @DisplayName("E13 hands nothing over once it is lost")
    public final void handsNothingOverOnceLost() {
        receiving.nothingAfterLoss();
    }

    /**
     * If this fails, look at messages that are unusual (empty, binary, addressed), paths on which two callbacks
     * answer, and outcomes: delivered, dropped with its reason, failed with its cause, or unknown.
     */
    @Test
    @DisplayName("E14 answers each message once, with a kind of a link's own")
    public final void answersOnce() {
        sending.answersOnce();
    }

    /** If this fails, look at when delivered is answered: not before the transport can tell. */
    @Test
    @DisplayName("E15 delivers what it says it has delivered")
    public final void deliversWhatItSays() {
        sending.deliversWhatItSays();
    }

    /** If this fails, look at whether several threads write what one thread sent, and retries. */
    @Test
    @DisplayName("E16 keeps the order of a sender")
    public final void keepsTheOrderOfASender() {
        sending.keepsOrder();
    }

    /** If this fails, look at fields that send changes without a lock. */
    @Test
    @DisplayName("E17 answers everybody when many send at once")
    public final void answersEverybody() {
        sending.answersEverybody();
    }

    /**
     * If this fails, look at blocking writes, bounded queues that put instead of offer, and libraries that throw when
     * they are full.
     */
    @Test
    @DisplayName("E18 neither blocks nor throws in send, whatever the peer does")
    public final void neitherBlocksNorThrows() {
        sending.neverBlocks();
    }

    /** If this fails, look at queues of the library: bound what is unanswered yourself, and answer OVERFLOW beyond. */
    @Test
    @DisplayName("E19 bounds what it holds")
    public final void boundsWhatItHolds() {
        sending.isBounded();
    }

    /** If this fails, look at the first lines of send: NOT_WRITABLE once the link has ended. */
    @Test
    @DisplayName("E20 refuses what is sent when it is closed")
    public final void refusesWhenClosed() {
        sending.refusesWhenClosed();
    }

    /** If this fails, look at the first lines of send, and a library that queues until it has reconnected. */
    @Test
    @DisplayName("E21 refuses what is sent when it is lost")
    public final void refusesWhenLost() {
        sending.refusesWhenLost();
    }

    /** If this fails, look at what flush does with what is closed already. */
    @Test
    @DisplayName("E22 lets anybody flush at any time")
    public final void letsAnybodyFlush() {
        sending.flushesForEverybody();
    }

    /**
     * If this fails, look at the order of the end: refuse, answer what is unanswered, complete the stage; and a send
     * that comes between.
     */
    @Test
    @DisplayName("E23 has answered everything when it is closed")
    public final void hasAnsweredEverythingWhenClosed() {
        sending.answersAtClose();
    }

    /**
     * If this fails, look at callbacks that the library forgets when the connection breaks: keep books of your own.
     */
    @Test
    @DisplayName("E24 answers everything when it is lost")
    public final void answersEverythingWhenLost() {
        sending.answersAtLoss();
    }

    /**
     * If this fails, look at the second close, one on another thread at the same time, and one after a loss: the stage
     * must complete, and not fail.
     */
    @Test
    @DisplayName("E25 can be closed as often as one likes")
    public final void canBeClosedOften() {
        ending.closesOnce();
    }

    /** If this fails, look at threads, files, leases and timers that are still there when the stage has completed. */
    @Test
    @DisplayName("E26 leaves nothing when it is closed")
    public final void leavesNothingWhenClosed() {
        ending.closeLeavesNothing();
    }

    /** If this fails, look at what only close releases: nobody needs to close a link that was lost. */
    @Test
    @DisplayName("E27 leaves nothing when it is lost")
    public final void leavesNothingWhenLost() {
        ending.lossLeavesNothing();
    }

    /** If this fails, look at several callbacks for one end: reader, writer, ping; the first must win. */
    @Test
    @DisplayName("E28 reports its loss once, in one line with its address")
    public final void reportsItsLossOnce() {
        ending.isLostOnce();
    }

    /** If this fails, look at the callback for the end of a connection that we ended ourselves. */
    @Test
    @DisplayName("E29 does not report a loss once it was closed")
    public final void isNotLostOnceClosed() {
        ending.isNotLostWhenClosed();
    }

    /** If this fails, look at the library's own reconnecting: turn it off. The relay opens another link. */
    @Test
    @DisplayName("E30 does not reconnect by itself")
    public final void doesNotReconnect() {
        ending.staysLost();
    }

    /** If this fails, look at state that is gone after the end: keep the address, and answer DOWN. */
    @Test
    @DisplayName("E31 tells health and address at any time")
    public final void tellsHealthAndAddressAtAnyTime() {
        ending.tellsAtAnyTime();
    }

    /**
     * If this fails, look at addresses with user or password in toString, address, resources, and messages and causes
     * of exceptions.
     */
    @Test
    @DisplayName("E32 shows no secrets")
    public final void showsNoSecrets() {
        ending.keepsSecrets();
    }
}
