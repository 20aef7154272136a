package io.araldo.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not YAML is one line, with the place where it stops being YAML. */
class SyntaxTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a: b: c             | 1:5: found a colon where none can be; look before it for a line without a colon or with another indent, or put a text that has ': ' in it in quotes
                    a: - b              | 1:4: found a '- ' where no list can begin; begin it on a line of its own
                    a: 'b               | 1:6: found the end of the file within quotes; close them
                    a: "\\xzz"           | 1:7: found a backslash that begins no escape; write \\\\ for a backslash, or use single quotes
                    a:\\n\\tb: c           | 2:1: found a character that no value can begin with; indent with spaces, never tabs, and put a text that begins with @, ` or % in quotes
                    a: @b               | 1:4: found a character that no value can begin with; indent with spaces, never tabs, and put a text that begins with @, ` or % in quotes
                    - a\\nb: c           | 2:1: found a line that is indented unlike its neighbours; indent it as they are
                    a: [b               | 1:6: found a list that is not closed; write [a, b]
                    a: {b               | 1:6: found a mapping that is not closed; write {a: 1, b: 2}
                    a: [b,,c]           | 1:7: found no value where one must be; write it, or take the comma out
                    a: b\\n'c'\\nd: e      | 2:1: found a line without a colon; write key: value
                    a: ? b              | 1:4: found a '?' that begins a key where none can be; put the text in quotes
                    a: >9x              | 1:6: found something that is not YAML; check quotes, brackets and indentation here
                    a: !!binary '$$'    | 1:4: found something that is not YAML; check quotes, brackets and indentation here
                    """)
    void mistake(String text, String expected) {
        assertThat(ConfigFiles.refusal(text.replace("\\n", "\n").replace("\\t", "\t")))
                .isEqualTo("araldo.yaml:" + expected);
    }
}
