package io.araldo.examples.backend;

/** Starts the backend example. */
public final class BackendDemo {
    private BackendDemo() {}

    public static void main(String[] arguments) {
        System.out.println("The backend example is not written yet.");
    }
}
