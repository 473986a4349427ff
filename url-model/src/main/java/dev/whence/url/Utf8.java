package dev.whence.url;

/** Whether bytes are well-formed UTF-8, as table 3-7 of the Unicode Standard has it. */
final class Utf8 {
    private Utf8() {}

    static boolean isWellFormed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int lead = bytes[at++] & 0xFF;
            if (lead < 0x80) {
                continue;
            }
            int following = following(lead);
            if (following == 0 || to - at < following) {
                return false;
            }
            int second = bytes[at] & 0xFF;
            if (second < lowestSecond(lead) || second > highestSecond(lead)) {
                return false;
            }
            for (int i = 1; i < following; i++) {
                if ((bytes[at + i] & 0xC0) != 0x80) {
                    return false;
                }
            }
            at += following;
        }
        return true;
    }

    private static int following(int lead) {
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        return lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    }

    /** Narrower than 0x80 where a shorter form exists. */
    private static int lowestSecond(int lead) {
        return lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    }

    /** Narrower than 0xBF for surrogates and beyond the last code point. */
    private static int highestSecond(int lead) {
        return lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    }
}
