package io.araldo.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.araldo.DropReason;
import io.araldo.Message;
import io.araldo.Outcome;
import io.araldo.testing.ThreadLeakExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is found under which address, against a plain model, under stress, and when there are many. */
@ExtendWith(ThreadLeakExtension.class)
class AddressBookTest {
    private static final long SEED = Long.getLong("araldo.model.seed", 1);

    /** A session as one would write it down: what it is in, and what it must have got. */
    private static final class Member {
        final String principal;
        final ScriptedWire wire = new ScriptedWire();
        final Set<String> groups = new HashSet<>();
        final List<String> got = new ArrayList<>();
        final Session session;

        Member(OpenEndpoint open, Identity identity) {
            principal = identity.principal();
            groups.addAll(identity.groups());
            wire.completesAtOnce();
            session = open(open, wire, identity);
        }

        boolean isAt(String address) {
            return address.equals("principal:" + principal)
                    || groups.stream().anyMatch(group -> address.equals("group:" + group));
        }

        List<String> written() {
            return wire.writes.stream()
                    .flatMap(List::stream)
                    .map(frame -> frame.substring(2))
                    .toList();
        }
    }

    private static Session open(OpenEndpoint open, Wire wire, Identity identity) {
        Session session = new ServerPath(
                        (ServerLink) open.link(), null, open.context().timer())
                .newSession(PathTemplate.NO_VALUE, wire, "127.0.0.1:1", identity);
        session.opened();
        return session;
    }

    private static AddressBook bookOf(OpenEndpoint open) {
        return ((ServerLink) open.link()).book();
    }

    @Test
    void findsWhomThePlainModelFinds() {
        Random random = new Random(SEED);
        List<Member> members = new ArrayList<>();
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            for (int step = 0; step < 20_000; step++) {
                int action = random.nextInt(10);
                if (members.size() < 3 || (action == 0 && members.size() < 40)) {
                    Identity identity = Identity.of("p" + random.nextInt(5));
                    members.add(new Member(open, random.nextBoolean() ? identity.in(group(random)) : identity));
                } else if (action == 1) {
                    members.remove(random.nextInt(members.size())).session.connectionEnded();
                } else if (action <= 3) {
                    Member member = members.get(random.nextInt(members.size()));
                    String group = group(random);
                    member.session.join(group);
                    member.groups.add(group);
                } else if (action <= 5) {
                    Member member = members.get(random.nextInt(members.size()));
                    String group = group(random);
                    member.session.leave(group);
                    member.groups.remove(group);
                } else {
                    sendAndCompare(open, random, members, step);
                }
            }
            members.forEach(member -> member.session.connectionEnded());
            assertThat(bookOf(open).size()).isZero();
            open.link().sessionCount().orElseThrow().assertConserved();
        }
    }

    private static String group(Random random) {
        return "g" + random.nextInt(6);
    }

    private static void sendAndCompare(OpenEndpoint open, Random random, List<Member> members, int step) {
        String address = random.nextBoolean() ? "principal:p" + random.nextInt(5) : "group:" + group(random);
        Member sender = random.nextInt(3) == 0 ? members.get(random.nextInt(members.size())) : null;
        Message message = Message.text("m" + step).withAddress(address);
        CompletableFuture<Outcome> outcome =
                open.send(sender == null ? message : message.withOrigin(sender.session.origin()));
        String where = "araldo.model.seed=" + SEED + ", step " + step + ", " + address;
        boolean isAnybodyThere = members.stream().anyMatch(member -> member.isAt(address));
        assertThat(outcome.getNow(null))
                .as(where)
                .isEqualTo(isAnybodyThere ? Outcome.delivered() : Outcome.dropped(DropReason.NO_SUCH_SESSION));
        for (Member member : members) {
            if (member.isAt(address) && member != sender) {
                member.got.add("m" + step);
            }
            assertThat(member.written()).as(where).isEqualTo(member.got);
            assertThat(member.session.groups()).as(where).isEqualTo(member.groups);
            member.wire.writes.clear();
            member.got.clear();
        }
    }

    /** A session that joins while it leaves, and while it is sent to, stays nowhere. */
    @Test
    void sessionsThatComeAndGoUnderFireLeaveNothing() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            Thread joining = start(() -> {
                while (!over.get()) {
                    for (ClientSession session : open.sessions()) {
                        session.join("one");
                        session.join("two");
                        session.leave("one");
                    }
                }
            });
            Thread sending = start(() -> {
                while (!over.get()) {
                    open.send(Message.text("x").withAddress(Address.group("two")));
                    open.send(Message.text("x").withAddress(Address.principal("p")));
                }
            });
            for (int i = 0; i < 20_000; i++) {
                Session session = open(open, new QuickWire(), Identity.of("p").in("two"));
                session.join("three");
                session.connectionEnded();
            }
            over.set(true);
            joining.join();
            sending.join();
            assertThat(open.sessions()).isEmpty();
            assertThat(bookOf(open).size()).isZero();
            await().untilAsserted(() -> open.link().sessionCount().orElseThrow().assertConserved());
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "test-book");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** What is sent to one costs no more for the ten thousand that are there beside it. */
    @Test
    void tenThousandInOneGroupAreReachedAndForgotten() {
        int size = 10_000;
        Map<Session, QuickWire> wires = new LinkedHashMap<>();
        try (OpenEndpoint open = OpenEndpoint.withDefaults()) {
            for (int i = 0; i < size; i++) {
                QuickWire wire = new QuickWire();
                wires.put(open(open, wire, Identity.of("p" + i).in("all")), wire);
            }
            assertThat(bookOf(open).size()).isEqualTo(size + size + 1);
            assertThat(open.send(Message.text("x").withAddress(Address.group("all")))
                            .join())
                    .isEqualTo(Outcome.delivered());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> wires.values().stream().allMatch(wire -> wire.writes.get() == 1));
            assertThat(open.send(Message.text("x").withAddress(Address.principal("p77")))
                            .join())
                    .isEqualTo(Outcome.delivered());
            assertThat(wires.values().stream().filter(wire -> wire.writes.get() == 2))
                    .hasSize(1);
            wires.keySet().forEach(Session::connectionEnded);
            assertThat(bookOf(open).size()).isZero();
            open.link().sessionCount().orElseThrow().assertConserved();
        }
    }
}
