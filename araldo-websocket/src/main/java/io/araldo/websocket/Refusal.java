package io.araldo.websocket;

/**
 * Why a handshake is refused: a value.
 *
 * @param status of the HTTP response
 * @param text its body: what was found, and what was expected
 */
record Refusal(int status, String text) {}
