package io.araldo.examples.hosts;

class TomcatIT extends HostContract {
    private final EmbeddedTomcat tomcat = new EmbeddedTomcat();

    @Override
    void startHost() throws Exception {
        tomcat.start(this::deployIn);
    }

    @Override
    void stopHost() throws Exception {
        tomcat.close();
    }

    @Override
    int port() {
        return tomcat.port();
    }
}
