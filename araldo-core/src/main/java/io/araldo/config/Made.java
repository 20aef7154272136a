package io.araldo.config;

/** What a plugin made of an instance, and which ways messages can go through it. */
record Made<T>(T value, Direction direction) {}
