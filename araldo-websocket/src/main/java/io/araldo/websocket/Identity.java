package io.araldo.websocket;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Who a client is: a value, which an {@link Authenticator} makes.
 *
 * @param principal its name, not blank; the same for all sessions of the client
 * @param groups those that its sessions are in from the start; a copy; at most 64, with names as {@link
 *     ClientSession#join} takes them
 */
public record Identity(String principal, Set<String> groups) {
    /**
     * An identity.
     *
     * @throws IllegalArgumentException that says which name is wrong
     */
    public Identity {
        Names.principal(principal);
        Names.groups(groups);
        groups = Set.copyOf(groups);
    }

    /** A client that is in no group. */
    public static Identity of(String principal) {
        return new Identity(principal, Set.of());
    }

    /** A copy that is in these groups too. */
    public Identity in(String... groups) {
        Set<String> all = new HashSet<>(this.groups);
        all.addAll(Arrays.asList(groups));
        return new Identity(principal, all);
    }
}
