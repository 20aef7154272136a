package io.araldo.examples.hosts;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

class SpringBootIT extends HostContract {
    private ServletWebServerApplicationContext context;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    @Override
    void startHost() {
        context = (ServletWebServerApplicationContext)
                SpringApplication.run(Application.class, "--server.port=0", "--spring.main.banner-mode=off");
        deployIn(context.getServletContext());
    }

    @Override
    void stopHost() {
        context.close();
    }

    @Override
    int port() {
        return context.getWebServer().getPort();
    }
}
