package io.araldo.config;

import io.araldo.Marshaller;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A setting of every type. */
record AllSettings(
        @Setting(value = "A text.", defaultValue = "some", example = "other")
        String text,

        @Setting(
                value = "A text that must look like a path.",
                defaultValue = "/",
                pattern = "/[a-z]*",
                expected = "a path such as /chat")
        String path,

        @Setting(value = "A number.", defaultValue = "1", min = 1, max = 10)
        int count,

        @Setting(value = "A large number.", defaultValue = "5000000000")
        long bytes,

        @Setting(value = "Yes or no.", defaultValue = "false")
        boolean echo,

        @Setting(value = "A time.", defaultValue = "5s", min = 1, max = 60_000)
        Duration timeout,

        @Setting(value = "A choice.", defaultValue = "drop-oldest")
        Policy policy,

        @Setting(value = "Texts.", pattern = "[a-z]+", expected = "a word")
        Optional<List<String>> words,

        @Setting(value = "A number that may be missing.") Optional<Integer> limit,

        @Setting(value = "A marshaller.", defaultValue = "marshal-raw")
        Marshaller marshaller,

        @Setting(value = "A secret.", secret = true) Optional<String> uri,
        @Setting(value = "Secrets.", secret = true) Optional<List<String>> headers,

        @Setting(value = "What to do.", defaultValue = "nothing")
        Behaviour behaviour) {

    enum Policy {
        DROP_OLDEST,
        DROP_NEWEST
    }

    /** What the provider does with it, beside making it. */
    enum Behaviour {
        NOTHING,
        REFUSE,
        REFUSE_SILENTLY,
        LEAK,
        FAIL,
        RENAME,
        ONLY_SEND,
        ONLY_TAKE,
        ECHO
    }
}
