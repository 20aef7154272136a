/** WebSocket endpoints. */
@NullMarked
package io.araldo.websocket;

import org.jspecify.annotations.NullMarked;
