package io.araldo.config;

/** Of a plugin that has nothing to set. */
record NoSettings() {}
