/**
 * Relays between endpoints: the API, the SPI for transports, the in-process endpoints, relays from YAML files, and meters.
 */
@SuppressWarnings("requires-automatic") // Micrometer has no module descriptor
module io.araldo {
    requires org.slf4j;
    requires static transitive org.jspecify;
    requires static micrometer.core;
    requires static org.snakeyaml.engine;
    requires static tools.jackson.core;
    requires static tools.jackson.dataformat.yaml;

    exports io.araldo;
    exports io.araldo.config;
    exports io.araldo.micrometer;

    uses io.araldo.config.EndpointProvider;
    uses io.araldo.config.MarshallerProvider;
}
