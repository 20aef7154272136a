/**
 * Relays from a YAML file. Start at {@link io.araldo.config.RelayConfig}; to add a kind of endpoint that files can name, at
 * {@link io.araldo.config.EndpointProvider}.
 *
 * <p>Code that builds its relays itself needs nothing of this package. Reading a file needs Jackson's YAML module.
 */
@NullMarked
package io.araldo.config;

import org.jspecify.annotations.NullMarked;
