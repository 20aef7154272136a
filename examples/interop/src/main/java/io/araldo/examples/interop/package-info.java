/** An MQTT endpoint as a third party would write it: start at {@link io.araldo.examples.interop.MqttEndpoint}. */
@NullMarked
package io.araldo.examples.interop;

import org.jspecify.annotations.NullMarked;
