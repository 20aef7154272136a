package io.araldo.examples.benchmark;

import java.io.IOException;

/**
 * The process of one chat: takes its name, and the URI of a Redis to follow if there is one; prints the port, and ends
 * when its input does, so that it never outlives who started it.
 */
final class ChatMain {
    private ChatMain() {}

    public static void main(String[] arguments) throws IOException {
        try (Chat chat = ChatPeer.of(arguments[0]).start()) {
            if (arguments.length > 1) {
                chat.follow(arguments[1]);
            }
            System.out.println(chat.port());
            while (System.in.read() >= 0) {
                // Nobody has anything to say.
            }
        }
        System.exit(0); // Some leave threads behind.
    }
}
