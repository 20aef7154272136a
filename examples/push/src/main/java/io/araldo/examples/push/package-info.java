/** Push from the server to browsers: from Redis, and from the application's own code. */
@NullMarked
package io.araldo.examples.push;

import org.jspecify.annotations.NullMarked;
