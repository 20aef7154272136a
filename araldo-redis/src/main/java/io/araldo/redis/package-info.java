/** Redis endpoints. */
@NullMarked
package io.araldo.redis;

import org.jspecify.annotations.NullMarked;
