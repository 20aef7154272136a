/**
 * Helpers for tests of relays, endpoints and transports: faults on the network, leaks, servers. They need JUnit 5 where
 * they say so, and nothing else but what their own Javadoc names.
 */
@NullMarked
package io.araldo.testing;

import org.jspecify.annotations.NullMarked;
