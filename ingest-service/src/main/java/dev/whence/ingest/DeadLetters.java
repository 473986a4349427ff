package dev.whence.ingest;

import java.io.IOException;

/** Where records go that cannot be taken. */
public interface DeadLetters {

    /** Returns when the letter is safe; it may come twice. */
    void send(DeadLetter letter) throws IOException;
}
