package io.araldo.config;

import io.araldo.AraldoException;
import io.araldo.Endpoint;

/** Found as a service, as one of somebody else would be. */
public final class SettingsProvider implements EndpointProvider<AllSettings> {
    @Override
    public String id() {
        return "endpoint-test";
    }

    @Override
    public Class<AllSettings> settings() {
        return AllSettings.class;
    }

    @Override
    public Endpoint create(String name, AllSettings settings, ProviderContext context) {
        String endpoint = switch (settings.behaviour()) {
            case REFUSE ->
                throw new IllegalArgumentException(
                        "timeout: too short (expected: twice the count)\nsomething else\nmissing: no setting");
            case LEAK ->
                throw new AraldoException("cannot use " + settings.uri().orElse("it") + ", not even "
                        + settings.uri()
                                .map(uri -> uri.replaceAll(".*:|@.*", ""))
                                .orElse(""));
            case FAIL -> throw new IllegalStateException("a defect");
            case RENAME -> name + "2";
            default -> name;
        };
        return new SettingsEndpoint(endpoint, settings, context.instances(AllSettings.class));
    }

    @Override
    public Direction direction(AllSettings settings) {
        return switch (settings.behaviour()) {
            case ONLY_SEND -> Direction.SOURCE;
            case ONLY_TAKE -> Direction.TARGET;
            default -> Direction.BOTH;
        };
    }
}
