/** Relays between endpoints: the API, the SPI for transports, and the in-process endpoints. */
module io.araldo {
    requires org.slf4j;
    requires static transitive org.jspecify;
    requires static tools.jackson.core;

    exports io.araldo;
}
