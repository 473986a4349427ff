package dev.whence.index;

/** Its bytes are not what was written, or it is not an index file at all. */
public final class CorruptIndexFileException extends IndexFileException {
    private static final long serialVersionUID = 1L;

    public CorruptIndexFileException(String file, String problem) {
        super(file, problem);
    }
}
