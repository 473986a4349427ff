package dev.whence.merge.rewrite;

/** Takes what becomes of one page's rows, first row first. */
interface ChangedPage {

    /** The next n rows stay. */
    void keep(int n);

    /** The next n rows leave. */
    void skip(int n);

    /** The n-th of the splice's source rows comes here. */
    void put(int n);
}
