/**
 * What a route inside one process costs, beside others that do the like; start at {@code Main}. And what a target that is
 * stuck costs other routes; start at {@code Isolation}.
 */
@NullMarked
package io.araldo.examples.benchmark;

import org.jspecify.annotations.NullMarked;
