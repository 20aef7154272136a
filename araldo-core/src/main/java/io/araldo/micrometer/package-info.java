/**
 * A relay's figures as Micrometer meters: {@link io.araldo.micrometer.RelayMetrics}.
 *
 * <p>Micrometer is optional: it is loaded by this package alone, and only when it is used.
 */
@NullMarked
package io.araldo.micrometer;

import org.jspecify.annotations.NullMarked;
