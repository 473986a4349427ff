package dev.whence.indexer;

/**
 * A version was looked through, and names no object that holds a row which some rules take down.
 *
 * <p>That stays true of every version after it which takes things in under these rules or newer
 * ones: what becomes live is made of what is live, or of what was looked through when it was taken
 * in. Only an instruction can bring back what was left behind.
 *
 * @param rules number of the rules
 * @param version that was looked through
 * @param madeUnderThem whether it was made under these rules or newer ones itself, and so all after
 *     it
 * @param instructions how many it and those before it had taken in
 */
record Cleared(long rules, long version, boolean madeUnderThem, long instructions) {

    /** What was found of a version. */
    static Cleared of(Base base, RulesInForce rules) {
        return new Cleared(
                rules.number(),
                base.number(),
                base.takedowns().rules() >= rules.number(),
                base.operations().taken());
    }

    /** Whether it is true of the version after a base, if that is made under newer rules. */
    boolean fits(Base base) {
        return base.operations().taken() == instructions
                && base.takedowns().purgedRules() < rules
                && (base.number() == version
                        || (madeUnderThem && base.takedowns().rules() >= rules));
    }
}
