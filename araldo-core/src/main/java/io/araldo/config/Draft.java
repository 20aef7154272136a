package io.araldo.config;

import java.util.function.Function;

/**
 * An instance whose settings are read, and which is not made yet: for that, the settings of all others must be known.
 *
 * @param place of the settings, for mistakes that show later
 */
record Draft<T>(String name, Place place, Record settings, Function<ProviderContext, Made<T>> maker) {}
