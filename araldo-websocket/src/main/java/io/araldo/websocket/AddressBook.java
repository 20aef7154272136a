package io.araldo.websocket;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Under which addresses the sessions of one link are found, beside their ids: one for the principal, one for each group.
 * Any thread. All that concerns one session happens within its entry of {@link #groups}, one after the other, so a session
 * that joins while it leaves is found nowhere afterwards; that map is taken before {@link #sessions}, never within it.
 */
final class AddressBook {
    /** The groups of each session that is there: unmodifiable sets. */
    private final Map<Session, Set<String>> groups = new ConcurrentHashMap<>();

    /** By address; none is empty. */
    private final Map<String, Set<Session>> sessions = new ConcurrentHashMap<>();

    /** A session is there, in the groups of its client. */
    void enter(Session session, Set<String> initial) {
        groups.computeIfAbsent(session, key -> {
            session.principal().ifPresent(principal -> add(Address.principal(principal), session));
            initial.forEach(group -> add(Address.group(group), session));
            return initial;
        });
    }

    /** A session is gone. */
    void leave(Session session) {
        groups.computeIfPresent(session, (key, all) -> {
            session.principal().ifPresent(principal -> remove(Address.principal(principal), session));
            all.forEach(group -> remove(Address.group(group), session));
            return null;
        });
    }

    /**
     * Puts a session into a group, unless it is gone.
     *
     * @throws IllegalStateException if it is in as many as it may
     */
    void join(Session session, String group) {
        String address = Address.group(group);
        groups.computeIfPresent(session, (key, before) -> {
            if (before.contains(group)) {
                return before;
            }
            if (before.size() >= Names.MAX_GROUPS) {
                throw new IllegalStateException("groups of session " + session.id() + ": " + before.size() + ", and '"
                        + group + "' to be joined (expected: at most " + Names.MAX_GROUPS + "; leave one before)");
            }
            Set<String> after = new HashSet<>(before);
            after.add(group);
            add(address, session);
            return Set.copyOf(after);
        });
    }

    /** Takes a session out of a group. */
    void leave(Session session, String group) {
        String address = Address.group(group);
        groups.computeIfPresent(session, (key, before) -> {
            if (!before.contains(group)) {
                return before;
            }
            Set<String> after = new HashSet<>(before);
            after.remove(group);
            remove(address, session);
            return Set.copyOf(after);
        });
    }

    private void add(String address, Session session) {
        sessions.compute(address, (key, known) -> {
            Set<Session> there = known == null ? ConcurrentHashMap.newKeySet(1) : known;
            there.add(session);
            return there;
        });
    }

    private void remove(String address, Session session) {
        sessions.computeIfPresent(address, (key, there) -> {
            there.remove(session);
            return there.isEmpty() ? null : there;
        });
    }

    /** None, if the session is not there. */
    Set<String> groupsOf(Session session) {
        return groups.getOrDefault(session, Set.of());
    }

    /** Those that are there at this moment: a copy. */
    List<Session> at(String address) {
        return List.copyOf(sessions.getOrDefault(address, Set.of()));
    }

    /** How many sessions and addresses are in it. */
    int size() {
        return groups.size() + sessions.size();
    }
}
