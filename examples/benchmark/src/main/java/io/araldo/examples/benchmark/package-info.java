/** What a route inside one process costs, beside others that do the like; start at {@code Main}. */
@NullMarked
package io.araldo.examples.benchmark;

import org.jspecify.annotations.NullMarked;
