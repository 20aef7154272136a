/** A chat for browsers: one plain page, any number of relays, one Redis channel between them. */
@NullMarked
package io.araldo.examples.chat;

import org.jspecify.annotations.NullMarked;
