/** A plugin of somebody else, and a program that uses it. */
module third.party {
    requires io.araldo;

    opens third.party to io.araldo;

    provides io.araldo.config.EndpointProvider with third.party.ThirdProvider;
}
