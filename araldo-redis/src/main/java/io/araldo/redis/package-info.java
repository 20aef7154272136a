/**
 * Endpoints on a Redis server: {@link io.araldo.redis.RedisPubSubEndpoint}.
 *
 * <p>They need Lettuce 6.5 or newer, which comes with this module; its own log is of interest to its developers only, as
 * what concerns users is told by events and errors of the relay. Each relay runs its Redis connections on threads named
 * {@code araldo-<relay>-redis-…}.
 */
@NullMarked
package io.araldo.redis;

import org.jspecify.annotations.NullMarked;
