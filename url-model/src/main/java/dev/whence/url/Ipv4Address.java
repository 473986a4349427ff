package dev.whence.url;

import org.jspecify.annotations.Nullable;

/**
 * IPv4 addresses in the forms that the URL Standard reads: one to four numbers, each decimal, octal
 * ({@code 017}) or hexadecimal ({@code 0xF}), the last filling all that is left ({@code 127.1}).
 */
final class Ipv4Address {
    private static final int PARTS = 4;
    private static final long TOO_LARGE = 1L << 32;

    private Ipv4Address() {}

    /** Whether a host must be an IPv4 address, or nothing: its last label is a number. */
    static boolean endsInNumber(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        return !last.isEmpty()
                && (last.chars().allMatch(c -> c >= '0' && c <= '9') || number(last) >= 0);
    }

    /** The address in dotted decimals; null if the host is not a valid one. */
    static @Nullable String canonical(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length > PARTS) {
            return null;
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            int bits = last ? 8 * (PARTS - i) : 8;
            long number = number(parts[i]);
            if (number < 0 || number >= 1L << bits) {
                return null;
            }
            address = address << bits | number;
        }
        return (address >> 24)
                + "."
                + (address >> 16 & 0xFF)
                + "."
                + (address >> 8 & 0xFF)
                + "."
                + (address & 0xFF);
    }

    /** The number's value, {@link #TOO_LARGE} for anything from there on, -1 if it is none. */
    private static long number(String text) {
        if (text.isEmpty()) {
            return -1;
        }
        int radix = 10;
        int at = 0;
        if (text.startsWith("0x") || text.startsWith("0X")) {
            radix = 16;
            at = 2;
        } else if (text.length() > 1 && text.charAt(0) == '0') {
            radix = 8;
            at = 1;
        }
        long value = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = Math.min(value * radix + digit, TOO_LARGE);
        }
        return value;
    }
}
