package dev.whence.index;

/** Written in a format, or under a URL profile, that this code no longer reads. */
public final class IndexFileTooOldException extends IndexFileException {
    private static final long serialVersionUID = 1L;

    public IndexFileTooOldException(String file, String problem) {
        super(file, problem);
    }
}
