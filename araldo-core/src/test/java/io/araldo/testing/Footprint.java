package io.araldo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The threads of some names and the open files of this process at one moment: a value. */
record Footprint(Set<Thread> threads, long files) {
    /** Of threads whose names begin with one of these. Files are counted where the JDK can, on Unix. */
    static Footprint of(List<String> prefixes) {
        Set<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> prefixes.stream().anyMatch(thread.getName()::startsWith))
                .collect(Collectors.toSet());
        return new Footprint(threads, openFiles());
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    /**
     * Fails unless what was there is all there is now, after so many repetitions: the process opens a file now and then
     * for itself, so fewer than one for each do not count.
     */
    void assertNothingMoreAfter(int repetitions, List<String> prefixes) {
        Footprint now = of(prefixes);
        assertThat(now.threads).as("threads").isSubsetOf(threads);
        assertThat(now.files).as("open files").isLessThan(files + repetitions);
    }
}
