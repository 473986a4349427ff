package dev.whence.indexer;

/**
 * A version was looked through, and names no object that holds a row which some rules take down.
 *
 * <p>That stays true of every version after it which takes things in under these rules or newer
 * ones: what becomes live is made of what is live, or of what was looked through when it was taken
 * in. A version that brings something in all the same, because of an instruction or in a batch that
 * waits, says so: what was found of one before says nothing after it.
 *
 * @param rules number of the rules
 * @param version that was looked through
 * @param madeUnderThem whether it was made under these rules or newer ones itself, and so all after
 *     it
 */
record Cleared(long rules, long version, boolean madeUnderThem) {

    /** What was found of a version. */
    static Cleared of(Base base, RulesInForce rules) {
        return new Cleared(
                rules.number(), base.number(), base.takedowns().rules() >= rules.number());
    }

    /** Whether it is true of the version after a base, if that is made under newer rules. */
    boolean fits(Base base) {
        return base.takedowns().since() <= version
                && base.takedowns().purgedRules() < rules
                && (base.number() == version
                        || (madeUnderThem && base.takedowns().rules() >= rules));
    }
}
