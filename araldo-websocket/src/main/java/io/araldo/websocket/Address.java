package io.araldo.websocket;

import io.araldo.Message;

/**
 * What {@link Message#withAddress} is given for a message that is for some sessions of a {@link WebSocketServerEndpoint}.
 * For one of them that is {@link ClientSession#id}; for more it is made here. Texts, since envelopes carry them: to a
 * message that has come through Redis the address means the same.
 */
public final class Address {
    private static final String PRINCIPAL = "principal:";
    private static final String GROUP = "group:";

    private Address() {}

    /**
     * All sessions of a client, on whichever devices.
     *
     * @param principal as {@link ClientSession#principal} tells it
     * @throws IllegalArgumentException if it is blank
     */
    public static String principal(String principal) {
        return PRINCIPAL + Names.principal(principal);
    }

    /**
     * All sessions that are in a group, in whichever rooms.
     *
     * @param group see {@link ClientSession#join}
     * @throws IllegalArgumentException if this cannot be the name of a group
     */
    public static String group(String group) {
        return GROUP + Names.group(group);
    }

    /** Whether it is one of these, and not the id of a session, in which there is no colon. */
    static boolean isForMany(String address) {
        return address.startsWith(PRINCIPAL) || address.startsWith(GROUP);
    }
}
