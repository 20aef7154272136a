package io.araldo.examples.benchmark;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.net.InetSocketAddress;

/** A chat that does one thing wrong, with its hundredth message. */
final class FaultyChat implements AutoCloseable {
    enum Fault {
        LOSES,
        REPEATS,
        REORDERS,
        SHORTENS,
        STOPS,
        CLOSES
    }

    private static final int WRONG = 100;

    private final Fault fault;
    private final WebSocketProtocolHandshakeHandler chat = Handlers.websocket((exchange, channel) -> join(channel));
    private final Undertow server =
            Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(chat).build();

    /** Those of the thread that reads the publisher. */
    private int count;

    private String held = "";

    FaultyChat(Fault fault) {
        this.fault = fault;
        server.start();
    }

    int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    private void join(WebSocketChannel joining) {
        joining.getReceiveSetter().set(new AbstractReceiveListener() {
            @Override
            protected void onFullTextMessage(WebSocketChannel sender, BufferedTextMessage message) {
                received(message.getData());
            }
        });
        joining.resumeReceives();
    }

    private void received(String text) {
        count++;
        if (count < WRONG) {
            send(text);
        } else if (count == WRONG) {
            wrong(text);
        } else if (fault != Fault.STOPS) {
            send(text);
            if (!held.isEmpty()) {
                send(held);
                held = "";
            }
        }
    }

    private void wrong(String text) {
        switch (fault) {
            case REPEATS -> {
                send(text);
                send(text);
            }
            case REORDERS -> held = text;
            case SHORTENS -> send(text.substring(0, text.length() - 1));
            case CLOSES -> chat.getPeerConnections().forEach(peer -> WebSockets.sendClose(1001, "", peer, null));
            case LOSES, STOPS -> {}
        }
    }

    private void send(String text) {
        chat.getPeerConnections().forEach(peer -> WebSockets.sendText(text, peer, null));
    }

    @Override
    public void close() {
        server.stop();
    }
}
