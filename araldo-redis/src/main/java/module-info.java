/** Redis endpoints for Araldo, on Lettuce. */
@SuppressWarnings("requires-automatic") // Lettuce has no module descriptor
module io.araldo.redis {
    requires transitive io.araldo;
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires lettuce.core;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.resolver;
    requires io.netty.resolver.dns;
    requires io.netty.transport;

    exports io.araldo.redis;

    // Settings are records that the core makes from configuration files.
    opens io.araldo.redis to
            io.araldo;

    provides io.araldo.config.EndpointProvider with
            io.araldo.redis.RedisPubSubProvider;
}
