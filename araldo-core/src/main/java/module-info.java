/** Relays between endpoints: the API, the SPI for transports, the in-process endpoints, and relays from YAML files. */
module io.araldo {
    requires org.slf4j;
    requires static transitive org.jspecify;
    requires static org.snakeyaml.engine;
    requires static tools.jackson.core;
    requires static tools.jackson.dataformat.yaml;

    exports io.araldo;
    exports io.araldo.config;

    uses io.araldo.config.EndpointProvider;
    uses io.araldo.config.MarshallerProvider;
}
