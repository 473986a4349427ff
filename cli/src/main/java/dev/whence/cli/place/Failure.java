package dev.whence.cli.place;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An end that a person has to hear of: the message says what is wrong and what to do. */
public final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public Failure(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** One that no other code says better. */
    public static Failure of(String message, @Nullable Throwable cause) {
        return new Failure(ExitCode.FAILED, message, cause);
    }

    /** A value on the command line that is none; the message of the cause says which and why. */
    public static Failure usage(IllegalArgumentException cause) {
        return new Failure(ExitCode.USAGE, Objects.toString(cause.getMessage()), cause);
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
