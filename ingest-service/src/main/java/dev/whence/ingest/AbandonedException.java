package dev.whence.ingest;

/**
 * The work is not ours any more (the partition went elsewhere, its slot is taken, the service
 * stops): whoever sees this drops what it did since the last commit.
 */
public final class AbandonedException extends Exception {
    private static final long serialVersionUID = 1L;

    public AbandonedException(String why) {
        super(why);
    }
}
