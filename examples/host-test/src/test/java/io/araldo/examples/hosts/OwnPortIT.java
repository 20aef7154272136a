package io.araldo.examples.hosts;

/** No host: what the others are measured by. */
class OwnPortIT extends HostContract {
    @Override
    void startHost() {
        deploy(options().build());
        guard(GuardedPath.options().build());
    }

    @Override
    void stopHost() {}

    @Override
    int port() {
        return server().port();
    }

    @Override
    int guardedPort() {
        return guarded().server().port();
    }
}
