package dev.whence.index;

/** Written in a format, or under a URL profile, newer than this code. */
public final class IndexFileTooNewException extends IndexFileException {
    private static final long serialVersionUID = 1L;

    public IndexFileTooNewException(String file, String problem) {
        super(file, problem);
    }
}
