package io.araldo.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a setting: the one source from which files are read, mistakes are explained and the reference is written.
 *
 * <p>It stands on a component of a record. The key is the name of the component with hyphens, {@code maxInFlight} being
 * {@code max-in-flight}; {@code name} and {@code id} are taken. The type is one of {@code String}, {@code int},
 * {@code long}, {@code boolean}, {@link java.time.Duration} ({@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}), an enum
 * ({@code AT_ONCE} being {@code at-once}), {@code List<String>}, {@link io.araldo.Marshaller} (the name of one), or an
 * {@link java.util.Optional} of these ({@code Integer}, {@code Long}, {@code Boolean} for the primitives).
 *
 * <p>A setting is required, unless it has a default or is {@code Optional}. Texts are never blank, lists never empty.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** What it is, in one sentence. */
    String value();

    /** What holds where the file says nothing, written as in a file; none if empty. */
    String defaultValue() default "";

    /** The least value of a number, and of a duration in milliseconds. */
    long min() default Long.MIN_VALUE;

    /** The greatest value of a number, and of a duration in milliseconds. */
    long max() default Long.MAX_VALUE;

    /** A regular expression that a whole text must match, and each text of a list; any text will do if empty. */
    String pattern() default "";

    /** What to write, in a few words: "a path such as /chat". If empty, words are made from the type and the limits. */
    String expected() default "";

    /** A value, written as in a file, to show where it is missing. */
    String example() default "";

    /** Whether the value must not be shown: no message has it then. */
    boolean secret() default false;
}
