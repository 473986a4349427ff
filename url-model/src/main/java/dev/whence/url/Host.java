package dev.whence.url;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.util.ICUInputTooLongException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host in canonical form, as the URL Standard's host parser gives it (section 3.5), less trailing
 * dots. An address is IPv4 in dotted decimals or IPv6 in brackets.
 */
record Host(String name, boolean isAddress) {
    /** Non-transitional processing with CheckBidi and CheckJoiners, without UseSTD3ASCIIRules. */
    private static final IDNA UTS46 =
            IDNA.getUTS46Instance(
                    IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    /** What ICU always checks, but CheckHyphens=false and VerifyDnsLength=false do not mind. */
    private static final Set<IDNA.Error> MINDED =
            EnumSet.complementOf(
                    EnumSet.of(
                            IDNA.Error.EMPTY_LABEL,
                            IDNA.Error.LABEL_TOO_LONG,
                            IDNA.Error.DOMAIN_NAME_TOO_LONG,
                            IDNA.Error.LEADING_HYPHEN,
                            IDNA.Error.TRAILING_HYPHEN,
                            IDNA.Error.HYPHEN_3_4));

    /** The host {@code bytes[from, to)}, not empty, in UTF-8; null if it is not a valid one. */
    static @Nullable Host parse(byte[] bytes, int from, int to) {
        if (bytes[from] == '[') {
            return bytes[to - 1] == ']' ? parseIpv6(bytes, from + 1, to - 1) : null;
        }
        String ascii = toAscii(decode(bytes, from, to));
        if (ascii == null) {
            return null;
        }
        // Before numbers are looked for: "0x7f.1.." would else be a name whose canonical form
        // is an address.
        String name = withoutTrailingDots(ascii);
        if (name.isEmpty()
                || name.length() > UrlCanonicalizer.MAX_HOST_BYTES
                || hasForbidden(name)) {
            return null;
        }
        if (Ipv4Address.endsInNumber(name)) {
            String address = Ipv4Address.canonical(name);
            return address == null ? null : new Host(address, true);
        }
        return new Host(name, false);
    }

    private static @Nullable Host parseIpv6(byte[] bytes, int from, int to) {
        String address =
                Ipv6Address.canonical(
                        new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        return address == null ? null : new Host("[" + address + "]", true);
    }

    /** Bytes that are not UTF-8 become U+FFFD, which no host may hold. */
    private static String decode(byte[] bytes, int from, int to) {
        byte[] decoded = new byte[to - from];
        int length = 0;
        for (int at = from; at < to; at++) {
            int value = Ascii.escapedByte(bytes, at, to);
            if (value >= 0) {
                decoded[length++] = (byte) value;
                at += 2;
            } else {
                decoded[length++] = bytes[at];
            }
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
    }

    /**
     * The URL Standard's "domain to ASCII" with beStrict false; null on failure. What is ASCII
     * already is only made lower-case: nobody asks whether a label in Punycode means anything.
     */
    private static @Nullable String toAscii(String domain) {
        if (domain.chars().allMatch(c -> c < 0x80)) {
            return domain.toLowerCase(Locale.ROOT);
        }
        IDNA.Info info = new IDNA.Info();
        StringBuilder ascii = new StringBuilder();
        try {
            UTS46.nameToASCII(domain, ascii, info);
        } catch (ICUInputTooLongException longLabel) {
            // Punycode costs the square of a label's length, so ICU refuses labels of more than
            // 1,000 characters; DNS has none of more than 63.
            return null;
        }
        return info.getErrors().stream().anyMatch(MINDED::contains) ? null : ascii.toString();
    }

    private static String withoutTrailingDots(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '.') {
            end--;
        }
        return name.substring(0, end);
    }

    private static boolean hasForbidden(String ascii) {
        return ascii.chars().anyMatch(c -> c >= 0x80 || Ascii.FORBIDDEN_IN_HOST[c]);
    }
}
