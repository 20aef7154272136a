package io.araldo.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A Spring Boot application with a page, and a chat beside it. */
@SpringBootApplication(proxyBeanMethods = false)
public class ChatApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(ChatApplication.class, arguments);
    }
}
