package io.araldo.examples.chat;

/** Starts the chat example. */
public final class ChatDemo {
    private ChatDemo() {}

    public static void main(String[] arguments) {
        System.out.println("The chat example is not written yet.");
    }
}
