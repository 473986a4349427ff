package dev.whence.cli.place;

/** How a command ended, as the process's exit code. */
public enum ExitCode {
    OK(0),
    /** The command line is wrong, or asks for a merge that cannot be; nothing was changed. */
    USAGE(1),
    /**
     * Nothing answers, or the answer is an error, or it took too long, or it cannot be written;
     * {@code check} cannot tell, as another release wrote the index.
     */
    FAILED(2),
    /**
     * {@code check} found something wrong, {@code index retire} something that it could not delete.
     */
    WRONG(3),
    /**
     * A file is malformed: a load has sent what stood before that place, a merge has changed
     * nothing.
     */
    MALFORMED(4),
    /** Batches were sent that could not be taken (they are dead letters), or not be merged. */
    DEAD_LETTERS(5),
    /** The question was answered, and the answer is: none. */
    NOT_FOUND(6);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
