package dev.whence.store;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** What a key may look like, and how keys are ordered: the same for every store. */
final class Keys {
    static final int MAX_BYTES = 900;
    static final int MAX_SEGMENT_BYTES = 200;

    /**
     * Where a local directory keeps objects that are not whole yet. No key begins with it, in any
     * store, so that what was written to one can be copied to another.
     */
    static final String RESERVED_SEGMENT = ".incoming";

    /** By code point, which is the order of the UTF-8 bytes; UTF-16 has another. */
    static final Comparator<String> ORDER = Keys::compare;

    private Keys() {}

    /**
     * Returns the key if it is one.
     *
     * @throws IllegalArgumentException with what is wrong, if not
     */
    static String check(String key) {
        checkCharacters(key);
        for (String segment : segments(key)) {
            checkSegment(key, segment);
        }
        checkReserved(key);
        return key;
    }

    /** Returns the prefix if some key could begin with it; an empty one always does. */
    static String checkPrefix(String prefix) {
        checkCharacters(prefix);
        List<String> segments = segments(prefix);
        // The last one may be a part of a segment, or nothing.
        for (String segment : segments.subList(0, segments.size() - 1)) {
            checkSegment(prefix, segment);
        }
        checkReserved(prefix);
        return prefix;
    }

    private static List<String> segments(String key) {
        return List.of(key.split("/", -1));
    }

    private static void checkCharacters(String key) {
        for (int at = 0; at < key.length(); at++) {
            char c = key.charAt(at);
            if (c == '\\' || Character.isISOControl(c)) {
                throw refused(key, "has the character U+%04X at index %d".formatted((int) c, at));
            }
        }
        if (utf8Bytes(key, key) > MAX_BYTES) {
            throw refused(key, "is longer than %d bytes of UTF-8".formatted(MAX_BYTES));
        }
    }

    private static void checkSegment(String key, String segment) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
            throw refused(key, "has the segment \"%s\"".formatted(segment));
        }
        if (utf8Bytes(key, segment) > MAX_SEGMENT_BYTES) {
            throw refused(
                    key,
                    "has a segment longer than %d bytes of UTF-8".formatted(MAX_SEGMENT_BYTES));
        }
    }

    private static void checkReserved(String key) {
        if (key.equals(RESERVED_SEGMENT) || key.startsWith(RESERVED_SEGMENT + "/")) {
            throw refused(key, "begins with the reserved segment " + RESERVED_SEGMENT);
        }
    }

    private static int utf8Bytes(String key, String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return encoded.remaining();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("key \"" + key + "\" has an unpaired surrogate", e);
        }
    }

    private static IllegalArgumentException refused(String key, String why) {
        String shown = key.length() <= MAX_BYTES ? key : key.substring(0, MAX_BYTES) + "…";
        return new IllegalArgumentException("key \"" + shown + "\" " + why);
    }

    private static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int at = 0; at < common; at++) {
            char l = left.charAt(at);
            char r = right.charAt(at);
            if (l != r) {
                // Surrogates stand for code points above all others, yet below U+E000 as chars.
                boolean leftAbove = Character.isSurrogate(l);
                boolean rightAbove = Character.isSurrogate(r);
                return leftAbove == rightAbove
                        ? Character.compare(l, r)
                        : Boolean.compare(leftAbove, rightAbove);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
