package dev.whence.system;

/** A service that runs somewhere of its own. */
interface Running extends AutoCloseable {
    Server server();

    /** Of its process, as this machine counts. */
    long pid() throws Exception;

    /** SIGKILL. */
    void kill() throws Exception;

    /** SIGTERM; returns the exit status once it has ended. */
    int terminate() throws Exception;

    /** Ends it, however; nothing if it has ended. */
    @Override
    void close() throws Exception;
}
