package io.araldo.examples.benchmark;

import java.nio.ByteBuffer;

/** What each message begins with, as text: its number in 10 digits and its time in 16, both hexadecimal, a space after each. */
final class Stamp {
    static final int BYTES = 28;

    private static final int NUMBER_DIGITS = 10;
    private static final int TIME_DIGITS = 16;
    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private Stamp() {}

    /** Writes at that index; the position stays. */
    static void put(ByteBuffer to, int index, long number, long nanos) {
        put(to, index, NUMBER_DIGITS, number);
        to.put(index + NUMBER_DIGITS, (byte) ' ');
        put(to, index + NUMBER_DIGITS + 1, TIME_DIGITS, nanos);
        to.put(index + BYTES - 1, (byte) ' ');
    }

    private static void put(ByteBuffer to, int index, int digits, long value) {
        long rest = value;
        for (int i = index + digits - 1; i >= index; i--) {
            to.put(i, DIGITS[(int) rest & 15]);
            rest >>>= 4;
        }
    }

    /** The number of the stamp at that index. */
    static long number(ByteBuffer from, int index) {
        return get(from, index, NUMBER_DIGITS);
    }

    /** The time of the stamp at that index. */
    static long nanos(ByteBuffer from, int index) {
        return get(from, index + NUMBER_DIGITS + 1, TIME_DIGITS);
    }

    private static long get(ByteBuffer from, int index, int digits) {
        long value = 0;
        for (int i = index; i < index + digits; i++) {
            int digit = from.get(i);
            value = value << 4 | ((digit & 15) + 9 * (digit >> 6)); // letters are 0x61 and on
        }
        return value;
    }
}
