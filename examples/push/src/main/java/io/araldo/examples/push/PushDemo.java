package io.araldo.examples.push;

/** Starts the push example. */
public final class PushDemo {
    private PushDemo() {}

    public static void main(String[] arguments) {
        System.out.println("The push example is not written yet.");
    }
}
