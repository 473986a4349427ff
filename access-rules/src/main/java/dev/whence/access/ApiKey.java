package dev.whence.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key as its holder has it: {@code whence_}, the key's id, and 256 random bits in hex. The id is
 * no secret and finds the key's hash; the hash is all that is stored. Random bits need no slow
 * hash: there is nothing to guess them by. Immutable and thread-safe.
 */
public final class ApiKey {
    private static final Pattern FORM = Pattern.compile("whence_([0-9a-z]{10})_([0-9a-f]{64})");
    private static final String ID_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int ID_LENGTH = 10;
    private static final int SECRET_BYTES = 32;

    private final String id;
    private final String text;

    private ApiKey(String id, String text) {
        this.id = id;
        this.text = text;
    }

    /** A key that nobody has yet. */
    public static ApiKey make(SecureRandom random) {
        var id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_DIGITS.charAt(random.nextInt(ID_DIGITS.length())));
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new ApiKey(
                id.toString(), "whence_%s_%s".formatted(id, HexFormat.of().formatHex(secret)));
    }

    /** The key that somebody shows; empty for a text that has not the form of one. */
    public static Optional<ApiKey> parse(String text) {
        var form = FORM.matcher(text);
        return form.matches() ? Optional.of(new ApiKey(form.group(1), text)) : Optional.empty();
    }

    static boolean isId(String text) {
        return text.length() == ID_LENGTH
                && text.chars().allMatch(digit -> ID_DIGITS.indexOf(digit) >= 0);
    }

    /** Tells it from other keys; may be shown and logged. */
    public String id() {
        return id;
    }

    /** The whole key, for its holder alone. */
    public String secretText() {
        return text;
    }

    /** SHA-256 of the whole key, 32 bytes. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Without the secret: it may come into a log. */
    @Override
    public String toString() {
        return "key " + id;
    }
}
