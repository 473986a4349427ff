package dev.whence.index;

/**
 * Consecutive ordinals whose ranks ascend with them: what one publish gave.
 *
 * @param length at least 1
 */
record OrdinalRun(int start, int length) {

    /** One past its last ordinal. */
    int end() {
        return start + length;
    }

    OrdinalRun from(int firstOrdinal) {
        return new OrdinalRun(start + firstOrdinal, length);
    }
}
