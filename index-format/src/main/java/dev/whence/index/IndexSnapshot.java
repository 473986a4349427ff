package dev.whence.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One version of the index, mapped: the answers of its generations and segments together. Opening
 * maps files and checks their headers; nothing of their size comes on the heap. Thread-safe. Counts
 * its readers: it is unmapped when its owner has closed it and the last reader has released it.
 */
public final class IndexSnapshot implements AutoCloseable {

    private IndexSnapshot() {}

    /**
     * Maps a version's files.
     *
     * @param generations directories of the generations, ascending by ordinal
     * @param segments directories of the segments, oldest first
     */
    public static IndexSnapshot open(List<Path> generations, List<Path> segments)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Begins a read: false if the snapshot is closed. Every true must be followed by one {@link
     * #release()}.
     */
    public boolean acquire() {
        throw new UnsupportedOperationException();
    }

    public void release() {
        throw new UnsupportedOperationException();
    }

    /** How many domains have an ordinal; ordinals are {@code 0 … domains - 1}. */
    public int domains() {
        throw new UnsupportedOperationException();
    }

    /** A domain's ordinal, or -1. */
    public int ordinalOf(String domain) {
        throw new UnsupportedOperationException();
    }

    public String domain(int ordinal) {
        throw new UnsupportedOperationException();
    }

    /**
     * The datasets that hold the domain, ascending by id (unsigned), with exact counts, all greater
     * than zero.
     */
    public List<DatasetCount> datasetsOf(int ordinal) {
        throw new UnsupportedOperationException();
    }

    /** How many URLs of the domain a dataset holds. */
    public long count(int ordinal, int datasetId) {
        throw new UnsupportedOperationException();
    }

    /**
     * The row groups of a dataset's live files whose bounds hold the domain, by file id and row
     * group.
     */
    public List<Posting> postings(int datasetId, String domain) {
        throw new UnsupportedOperationException();
    }

    /** A dataset's live files, by file id. */
    public List<LakeFile> files(int datasetId) {
        throw new UnsupportedOperationException();
    }

    /** All live files, by dataset and file id. */
    public Stream<LakeFile> files() {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads everything back: every checksum, order, bound and reference between the files; what is
     * wrong comes as text, empty for nothing.
     */
    public List<String> check() {
        throw new UnsupportedOperationException();
    }

    /**
     * Lets the mappings go once the last reader has released them; may be called often, and does
     * not wait.
     */
    @Override
    public void close() {}
}
