@NullMarked
package io.araldo.examples.chat;

import org.jspecify.annotations.NullMarked;
