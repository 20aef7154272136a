package io.araldo.testing;

/** One way in which a {@link PlantedEndpoint} breaks its contract, and the rule that must notice: a value. */
enum Mistake {
    NONE(""),
    CONNECTS_AT_FIRST_USE("E01"),
    GREETS_WHILE_IT_OPENS("E02"),
    FAILS_WITHOUT_SAYING_WHERE("E03"),
    LEAKS_WHEN_OPENING_FAILS("E04"),
    OPENS_ONCE("E05"),
    SERVES_ONE_RELAY("E06"),
    CHANGES_ITS_RESOURCES("E07"),
    FORGETS_THE_ORIGIN("E08"),
    FORGETS_THE_TRAIL("E09"),
    SWAPS_WHAT_COMES_IN("E10"),
    READS_ON("E11"),
    HANDS_OVER_WHEN_CLOSED("E12"),
    HANDS_OVER_WHEN_LOST("E13"),
    ANSWERS_TWICE("E14"),
    NEVER_ANSWERS_WHAT_IS_EMPTY("E14"),
    ANSWERS_FILTERED("E14"),
    DELIVERS_NOT_ALL("E15"),
    SWAPS_WHAT_GOES_OUT("E16"),
    ANSWERS_THE_FIRST_THREAD_ONLY("E17"),
    BLOCKS_IN_SEND("E18"),
    THROWS_IN_SEND("E18"),
    HOLDS_WITHOUT_BOUND("E19"),
    SENDS_WHEN_CLOSED("E20"),
    IS_SILENT_WHEN_CLOSED("E20"),
    SENDS_WHEN_LOST("E21"),
    IS_SILENT_WHEN_LOST("E21"),
    THROWS_IN_FLUSH_AT_THE_END("E22"),
    FORGETS_WHAT_IS_UNANSWERED_AT_CLOSE("E23"),
    ANSWERS_TWICE_AT_CLOSE("E23"),
    FORGETS_WHAT_IS_UNANSWERED_AT_LOSS("E24"),
    SECOND_CLOSE_FAILS("E25"),
    SECOND_CLOSE_NEVER_ENDS("E25"),
    LEAKS_A_THREAD("E26"),
    LEAKS_A_FILE("E26"),
    LEAKS_A_LEASE("E26"),
    LEAKS_A_TIMER("E26"),
    LEAKS_A_LEASE_WHEN_LOST("E27"),
    IS_LOST_TWICE("E28"),
    IS_LOST_WHEN_CLOSED("E29"),
    RECONNECTS("E30"),
    STAYS_UP_WHEN_CLOSED("E31"),
    FORGETS_ITS_ADDRESS("E31"),
    SHOWS_ITS_PASSWORD("E32");

    private final String rule;

    Mistake(String rule) {
        this.rule = rule;
    }

    /** The rule that names it; the empty string if there is no mistake. */
    String rule() {
        return rule;
    }
}
