package io.araldo.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** What providers may know of one file. For the thread that reads it. */
final class LoadContext implements ProviderContext {
    private final OptionalInt serverPort;
    private final List<Record> settings = new ArrayList<>();
    private final Map<Object, Object> shared = new HashMap<>();

    LoadContext(OptionalInt serverPort) {
        this.serverPort = serverPort;
    }

    void add(Record settings) {
        this.settings.add(settings);
    }

    @Override
    public OptionalInt serverPort() {
        return serverPort;
    }

    @Override
    public <S extends Record> List<S> instances(Class<S> type) {
        return settings.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    @SuppressWarnings("unchecked") // the same key stands for the same type: the provider made both
    public <T> T shared(Object key, Supplier<T> maker) {
        Object value = shared.get(key);
        if (value == null) {
            value = maker.get();
            shared.put(key, value);
        }
        return (T) value;
    }
}
