/**
 * What a route inside one process costs, beside others that do the like; start at {@code Main}. What a target that is stuck
 * costs other routes; start at {@code Isolation}. And what it takes to bring a message to many clients; start at {@code FanOut}.
 */
@NullMarked
package io.araldo.examples.benchmark;

import org.jspecify.annotations.NullMarked;
