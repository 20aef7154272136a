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
        return new SettingsEndpoint(behave(name, settings), settings, context.instances(AllSettings.class));
    }

    /** The name of the endpoint, if there is to be one. */
    private static String behave(String name, AllSettings settings) {
        return switch (settings.behaviour()) {
            case REFUSE ->
                throw new IllegalArgumentException(
                        "timeout: too short (expected: twice the count)\nsomething else\nmissing: no setting");
            case REFUSE_SILENTLY -> throw new IllegalArgumentException("");
            case LEAK -> throw new AraldoException(leak(settings));
            case FAIL -> throw new IllegalStateException("a defect");
            case RENAME -> name + "2";
            default -> name;
        };
    }

    /** With the secrets, and with the password cut out of the URI. */
    private static String leak(AllSettings settings) {
        return "cannot use " + settings.uri().orElse("it") + ", not even "
                + settings.uri().map(uri -> uri.replaceAll(".*:|@.*", "")).orElse("that") + ", with "
                + settings.headers();
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
