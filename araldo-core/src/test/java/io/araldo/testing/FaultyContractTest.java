package io.araldo.testing;

/** Without faults the wrapper keeps the contract. */
class FaultyContractTest extends EndpointContract {
    @Override
    protected Outside outside() {
        PlantedPlace place = new PlantedPlace();
        return Outside.builder(() -> FaultyEndpoint.of(PlantedEndpoint.in(place, Mistake.NONE), 1))
                .unopenable(
                        () -> FaultyEndpoint.of(PlantedEndpoint.in(place, Mistake.NONE), 1, EndpointFault.refuse(1)),
                        "EndpointFault.refuse(1)")
                .secrets(PlantedEndpoint.PASSWORD)
                .says(place::say)
                .hears(place::heard)
                .cuts(place::cut)
                .mends(place::mend)
                .stalls(place::stall)
                .connections(place.connections::get)
                .closes(place::close)
                .build();
    }
}
