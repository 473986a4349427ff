package dev.whence.query;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What keeps cursors to themselves: they may hold the name of a domain that nobody is told of, and
 * places in files that count what is hidden. AES-256-GCM (NIST SP 800-38D) with a nonce that
 * follows from what is sealed, for whom and for which list, so that a question asked twice gets the
 * same cursor from every replica; equal nonces mean equal messages. Lengths are rounded up. A
 * cursor that was changed, cut, or taken to another list or principal does not open. Marks of
 * answers come from the same secret (HMAC-SHA256, RFC 2104). Immutable and thread-safe.
 */
public final class CursorSeal {
    /** As long as there are no rules nothing is hidden, and the secret need be none. */
    public static final CursorSeal OPEN =
            new CursorSeal("no access rules".getBytes(StandardCharsets.US_ASCII), "");

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int BLOCK_BYTES = 32;
    private static final int MARK_BYTES = 16;
    private static final byte END = (byte) 0x80;
    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec nonceKey;
    private final SecretKeySpec sealKey;
    private final SecretKeySpec markKey;
    private final String principal;

    private CursorSeal(
            SecretKeySpec nonceKey,
            SecretKeySpec sealKey,
            SecretKeySpec markKey,
            String principal) {
        this.nonceKey = nonceKey;
        this.sealKey = sealKey;
        this.markKey = markKey;
        this.principal = principal;
    }

    /**
     * The seal of a secret for one principal.
     *
     * @param principal empty for nobody special
     */
    public CursorSeal(byte[] secret, String principal) {
        this(
                new SecretKeySpec(derive(secret, "nonces of cursors"), HMAC),
                new SecretKeySpec(derive(secret, "seal of cursors"), "AES"),
                new SecretKeySpec(derive(secret, "marks of answers"), HMAC),
                principal);
    }

    /** The same secret for somebody else. */
    public CursorSeal of(String otherPrincipal) {
        return new CursorSeal(nonceKey, sealKey, markKey, otherPrincipal);
    }

    /** Seals bytes for a list. */
    public byte[] seal(byte[] plain, String list) {
        byte[] padded = Arrays.copyOf(plain, (plain.length / BLOCK_BYTES + 1) * BLOCK_BYTES);
        padded[plain.length] = END;
        byte[] about = about(list);
        byte[] nonce = nonce(about, padded);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, about).doFinal(padded);
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw noSuch(e);
        }
    }

    /** What was sealed for this list and principal; empty for anything else. */
    public Optional<byte[]> open(byte[] sealed, String list) {
        if (sealed.length < NONCE_BYTES) {
            return Optional.empty();
        }
        byte[] padded;
        try {
            padded =
                    cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), about(list))
                            .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw noSuch(e);
        }
        int end = padded.length - 1;
        while (end >= 0 && padded[end] == 0) {
            end--;
        }
        return end >= 0 && padded[end] == END
                ? Optional.of(Arrays.copyOf(padded, end))
                : Optional.empty();
    }

    /** 16 bytes that stand for these for the principal, and from which nothing can be read. */
    public byte[] mark(byte[] of) {
        return Arrays.copyOf(hmac(markKey, about(""), of), MARK_BYTES);
    }

    private byte[] about(String list) {
        return (principal + '\0' + list).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] nonce(byte[] about, byte[] padded) {
        return Arrays.copyOf(hmac(nonceKey, about, padded), NONCE_BYTES);
    }

    private static byte[] hmac(SecretKeySpec key, byte[] about, byte[] of) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(about.length).flip());
            mac.update(about);
            return mac.doFinal(of);
        } catch (GeneralSecurityException e) {
            throw noSuch(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] about) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, sealKey, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(about);
        return cipher;
    }

    private static byte[] derive(byte[] secret, String use) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac.doFinal(use.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw noSuch(e);
        }
    }

    private static IllegalStateException noSuch(GeneralSecurityException e) {
        return new IllegalStateException("every Java has AES-GCM and HMAC-SHA256", e);
    }
}
