package io.araldo.config;

import static io.araldo.config.ConfigFiles.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file can do to the program that reads it: nothing. The deadline is generous: the machine may be busy. */
@Timeout(20)
class SafeLoadingTest {
    @TempDir
    Path folder;

    private String refusalOfFile(Path file) {
        return catchThrowableOfType(ConfigException.class, () -> RelayConfig.read(file))
                .getMessage()
                .replace(folder + "/", "");
    }

    @Test
    void aliasBomb() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append(String.format(Locale.ROOT, "a%d: &a%d [*a%d, *a%d]%n", i, i, i - 1, i - 1));
        }

        assertThat(refusal(bomb.toString()))
                .isEqualTo(
                        "araldo.yaml:1:5: a0: found an anchor (&) or an alias (*); write the value out in each place");
    }

    @Test
    void aliasOfAScalar() {
        assertThat(refusal("a: &x 1\nb: *x\n"))
                .isEqualTo(
                        "araldo.yaml:2:4: b: found an anchor (&) or an alias (*); write the value out in each place");
    }

    @Test
    void fileOf100Megabytes() throws IOException {
        Path file = folder.resolve("araldo.yaml");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(100_000_000);
        }

        assertThat(refusalOfFile(file))
                .isEqualTo("araldo.yaml: the file has more than 1048576 bytes; write less, or split it up");
    }

    @Test
    void textOf100Megabytes() {
        assertThat(refusal("a: " + "x".repeat(100_000_000)))
                .isEqualTo("araldo.yaml: the file has more than 1048576 bytes; write less, or split it up");
    }

    @Test
    void bytesAreCountedNotCharacters() {
        assertThat(refusal("#" + "€".repeat(400_000)))
                .isEqualTo("araldo.yaml: the file has more than 1048576 bytes; write less, or split it up");
    }

    @Test
    void fileThatIsCutWithinACharacterIsTooLargeAndNotBadlyEncoded() throws IOException {
        Path file = folder.resolve("araldo.yaml");
        Files.writeString(file, "#" + "€".repeat(400_000));

        assertThat(refusalOfFile(file))
                .isEqualTo("araldo.yaml: the file has more than 1048576 bytes; write less, or split it up");
    }

    @ParameterizedTest
    @CsvSource({"[, 1:22", "'- ', 1:43"})
    void deepNesting(String opening, String position) {
        assertThat(refusal(opening.repeat(1 << 19)))
                .isEqualTo("araldo.yaml:" + position + ": this is nested more than 20 deep, as no setting is; check the"
                        + " brackets");
    }

    @Test
    void manyValues() {
        assertThat(refusal("[" + "a,".repeat(500_000) + "]"))
                .isEqualTo("araldo.yaml:1:39998: the file has more than 20000 keys and values; write less");
    }

    @Test
    void tag() {
        assertThat(refusal("plugins: !!java.net.URL [http://localhost]\n"))
                .isEqualTo(
                        "araldo.yaml:1:10: plugins: found a tag (!); write the value alone, in quotes if it is a text");
    }

    @Test
    void tagOfAKey() {
        assertThat(refusal("a: 1\n!!str b: 2\n"))
                .isEqualTo("araldo.yaml:2:1: b: found a tag (!); write the value alone, in quotes if it is a text");
    }

    @Test
    void secondDocument() {
        assertThat(refusal("a: 1\n---\nb: 2\n"))
                .isEqualTo("araldo.yaml:3:1: a second document begins here; keep one, without '---' in between");
    }

    @Test
    void keyThatIsNoText() {
        assertThat(refusal("? [a, b]\n: c\n"))
                .isEqualTo("araldo.yaml:1:3: found a key that is not a plain text; write a name and a colon");
    }

    @Test
    void characterThatIsNotAllowed() {
        assertThat(refusal("a: b\nc: \u0007\n"))
                .isEqualTo("araldo.yaml:2:4: found the character U+0007, which YAML does not allow; take it out");
    }

    @Test
    void bytesThatAreNotUtf8() throws IOException {
        Path file = folder.resolve("araldo.yaml");
        Files.write(file, "a: b\r\nü: é".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refusalOfFile(file))
                .isEqualTo("araldo.yaml:2:1: found bytes that are not UTF-8; save the file with that encoding");
    }

    @Test
    void fileThatIsNotThere() {
        assertThat(refusalOfFile(folder.resolve("araldo.yaml")))
                .isEqualTo("araldo.yaml: there is no such file; write it, or name another one");
    }

    @Test
    void folderInsteadOfAFile() {
        assertThat(refusalOfFile(folder)).endsWith(": the file cannot be read: Is a directory");
    }

    @Test
    void controlCharactersInKeysDoNotReachTheTerminal() {
        assertThat(refusal("\"a\\e[2Jb\\nc\": 1\n").lines().findFirst())
                .hasValue(
                        "araldo.yaml:1:1: 'a\\u001b[2Jb\\nc': no section is called 'a\\u001b[2Jb\\nc'; no other name is"
                                + " near (sections: global, plugins, routes)");
    }

    @Test
    void longKeysAreShortened() {
        assertThat(refusal("? " + "k".repeat(1_000_000) + "\n: 1\n")).hasSizeLessThan(1_000);
    }

    @Test
    void byteOrderMarkIsSkipped() {
        assertThat(refusal("\uFEFFa: 1\nplugins: {}\nroutes: {}\n")).startsWith("araldo.yaml:1:1: a: ");
    }
}
