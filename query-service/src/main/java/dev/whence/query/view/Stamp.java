package dev.whence.query.view;

/**
 * What answers to the same question are worked out from: they are the same where the stamp is, and
 * may be where it is not. What is worked out is kept by it; it is told to nobody.
 *
 * @param version the version's number
 * @param writer tells it from one of the same number in another store
 * @param rules the number of the access rules; 0 for none
 * @param principal for whom; empty for everybody
 */
record Stamp(long version, String writer, long rules, String principal) {

    /** Whether a cache may hand an answer on to somebody else: where there are no rules. */
    boolean isForEverybody() {
        return rules == 0;
    }
}
