package io.araldo.examples.benchmark;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.net.InetSocketAddress;

/** Undertow's own WebSockets, like the chat among its examples. */
final class UndertowChat implements Chat {
    private final WebSocketProtocolHandshakeHandler chat = Handlers.websocket((exchange, channel) -> join(channel));
    private final Undertow server = Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(Handlers.path().addExactPath(PATH, chat))
            .build();
    private final RedisNews news = new RedisNews();

    UndertowChat() {
        server.start();
    }

    private static void join(WebSocketChannel joining) {
        joining.getReceiveSetter().set(new AbstractReceiveListener() {
            @Override
            protected void onFullTextMessage(WebSocketChannel sender, BufferedTextMessage message) {
                String text = message.getData();
                for (WebSocketChannel peer : sender.getPeerConnections()) {
                    if (peer != sender) {
                        WebSockets.sendText(text, peer, null);
                    }
                }
            }
        });
        joining.resumeReceives();
    }

    private void sendToAll(String text) {
        chat.getPeerConnections().forEach(peer -> WebSockets.sendText(text, peer, null));
    }

    @Override
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void follow(String redisUri) {
        news.follow(redisUri, this::sendToAll);
    }

    @Override
    public void close() {
        news.close();
        server.stop();
    }
}
