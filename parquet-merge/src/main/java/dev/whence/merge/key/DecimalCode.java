package dev.whence.merge.key;

import dev.whence.merge.MergeRefusedException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.io.api.Binary;

/**
 * Decimals by value, whatever their scale: 1 (negative), 2 (zero) or 3 (positive); then, with all
 * bits turned if negative, the exponent {@code e} of {@code 0.d1d2d3… × 10^e} in four bytes of
 * excess 2^31, and the digits without trailing zeros, two to a byte plus one, closed by a zero.
 */
final class DecimalCode {
    private static final byte NEGATIVE = 1;
    private static final byte ZERO = 2;
    private static final byte POSITIVE = 3;

    /** Sixteen bytes hold 38 digits; a value far beyond that is damage. */
    private static final int LARGEST_BINARY_BYTES = 4096;

    private DecimalCode() {}

    static void put(long unscaled, int scale, KeyBuffer into) {
        if (unscaled == 0) {
            into.putByte(ZERO);
            return;
        }
        if (unscaled == Long.MIN_VALUE) {
            put(BigInteger.valueOf(unscaled), scale, into);
            return;
        }
        byte[] digits = into.digits;
        int first = digits.length;
        for (long rest = Math.abs(unscaled); rest != 0; rest /= 10) {
            digits[--first] = (byte) (rest % 10);
        }
        put(unscaled < 0, digits, first, digits.length, scale, into);
    }

    static void put(BigInteger unscaled, int scale, KeyBuffer into) {
        if (unscaled.signum() == 0) {
            into.putByte(ZERO);
            return;
        }
        byte[] digits = unscaled.abs().toString().getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) (digits[i] - '0');
        }
        put(unscaled.signum() < 0, digits, 0, digits.length, scale, into);
    }

    /** A big-endian two's complement number, as Parquet has it in binary columns. */
    static void put(Binary unscaled, int scale, KeyBuffer into) {
        if (unscaled.length() > LARGEST_BINARY_BYTES) {
            throw new MergeRefusedException(
                    "a decimal of %d bytes in a key column; at most %d are taken"
                            .formatted(unscaled.length(), LARGEST_BINARY_BYTES));
        }
        byte[] bytes = unscaled.getBytesUnsafe();
        if (bytes.length <= Long.BYTES) {
            long value = bytes.length > 0 && bytes[0] < 0 ? -1 : 0;
            for (byte part : bytes) {
                value = value << 8 | (part & 0xFF);
            }
            put(value, scale, into);
        } else {
            put(new BigInteger(bytes), scale, into);
        }
    }

    private static void put(
            boolean negative, byte[] digits, int from, int to, int scale, KeyBuffer into) {
        int end = to;
        while (digits[end - 1] == 0) {
            end--;
        }
        int flip = negative ? -1 : 0;
        int exponent = Math.toIntExact((long) (to - from) - scale);
        into.putByte(negative ? NEGATIVE : POSITIVE);
        into.putInt(exponent ^ Integer.MIN_VALUE ^ flip);
        for (int i = from; i < end; i += 2) {
            int pair = digits[i] * 10 + (i + 1 < end ? digits[i + 1] : 0);
            into.putByte((pair + 1) ^ flip);
        }
        into.putByte(flip);
    }

    /** The value of an encoded component that is not null. */
    static BigDecimal decode(byte[] component) {
        if (component[0] == ZERO) {
            return BigDecimal.ZERO;
        }
        int flip = component[0] == NEGATIVE ? -1 : 0;
        int exponent = (int) KeyBuffer.INTS.get(component, 1) ^ Integer.MIN_VALUE ^ flip;
        StringBuilder digits = new StringBuilder(component.length * 2);
        for (int at = 5; at < component.length - 1; at++) {
            int pair = ((component[at] ^ flip) & 0xFF) - 1;
            digits.append((char) ('0' + pair / 10)).append((char) ('0' + pair % 10));
        }
        BigInteger unscaled = new BigInteger(digits.toString());
        return new BigDecimal(
                flip == 0 ? unscaled : unscaled.negate(),
                Math.toIntExact((long) digits.length() - exponent));
    }
}
