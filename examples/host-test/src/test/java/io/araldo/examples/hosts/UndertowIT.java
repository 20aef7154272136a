package io.araldo.examples.hosts;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import java.net.InetSocketAddress;

class UndertowIT extends HostContract {
    private Undertow undertow;

    @Override
    void startHost() throws Exception {
        WebSocketDeploymentInfo sockets = new WebSocketDeploymentInfo().addListener(this::deployIn);
        DeploymentInfo deployment = Servlets.deployment()
                .setClassLoader(getClass().getClassLoader())
                .setContextPath("/")
                .setDeploymentName("test")
                .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, sockets);
        DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
        manager.deploy();
        undertow = Undertow.builder()
                .addHttpListener(0, "localhost", manager.start())
                .build();
        undertow.start();
    }

    @Override
    void stopHost() {
        undertow.stop();
    }

    @Override
    int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }
}
