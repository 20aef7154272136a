/**
 * The core of Araldo: messages, endpoints, routes, and the relay that runs them. Start at {@link io.araldo.Relay}.
 *
 * <p>Values ({@link io.araldo.Message}, {@link io.araldo.Route}, {@link io.araldo.RelayPlan}, all records) may be shared
 * freely; what has a lifecycle ({@link io.araldo.Relay}, {@link io.araldo.Link}) says so.
 */
@NullMarked
package io.araldo;

import org.jspecify.annotations.NullMarked;
