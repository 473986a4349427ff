package dev.whence.url;

/**
 * The leading hex digits of the fingerprints of domains, by which the lake is split: a file in the
 * folder {@code domain_prefix=ab} holds no domain whose fingerprint begins otherwise. Immutable.
 *
 * @param digits 0 to 16 of them, lower-case; none says nothing
 */
public record DomainPrefix(String digits) {
    /** The name of the folder, as Hive has it. */
    public static final String COLUMN = "domain_prefix";

    /** Any domain. */
    public static final DomainPrefix NONE = new DomainPrefix("");

    private static final String HIVE_NULL = "__HIVE_DEFAULT_PARTITION__";
    private static final String IN_KEY = "/" + COLUMN + "=";
    private static final int BITS_OF_DIGIT = 4;
    private static final int ALL_DIGITS = Long.SIZE / BITS_OF_DIGIT;

    public DomainPrefix {
        if (!isHex(digits)) {
            throw new IllegalArgumentException(
                    "A domain prefix is 0 to 16 lower-case hex digits, not " + digits);
        }
    }

    /** The first digits of one domain's fingerprint. */
    public static DomainPrefix of(long domainId, int digits) {
        return digits == 0
                ? NONE
                : new DomainPrefix(Fingerprint.hex(domainId).substring(0, digits));
    }

    /** What the key of an object says of the domains in it; none where it is not understood. */
    public static DomainPrefix ofKey(String key) {
        int at = key.indexOf(IN_KEY);
        int from = at + IN_KEY.length();
        int to = at < 0 ? -1 : key.indexOf('/', from);
        if (to < 0) {
            return NONE;
        }
        String value = key.substring(from, to);
        return isHex(value) ? new DomainPrefix(value) : NONE;
    }

    /** How many digits it has. */
    public int length() {
        return digits.length();
    }

    /** Whether the fingerprint of a domain begins so. */
    public boolean mayHold(long domainId) {
        return digits.isEmpty()
                || domainId >>> (Long.SIZE - BITS_OF_DIGIT * digits.length())
                        == Long.parseUnsignedLong(digits, 16);
    }

    /** What stands in the path: the digits, or Hive's null for none. */
    public String text() {
        return digits.isEmpty() ? HIVE_NULL : digits;
    }

    private static boolean isHex(String text) {
        return text.length() <= ALL_DIGITS
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
