package dev.whence.cli.place;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An end that a person has to hear of: the message says what is wrong and what to do. */
public final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
    private static final String PROBLEM = "urn:whence:problem:";

    private final ExitCode exitCode;
    private final String problem;

    public Failure(ExitCode exitCode, String message, @Nullable Throwable cause) {
        this(exitCode, "", message, cause);
    }

    private Failure(ExitCode exitCode, String problem, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.problem = problem;
    }

    /** One that no other code says better. */
    public static Failure of(String message, @Nullable Throwable cause) {
        return new Failure(ExitCode.FAILED, message, cause);
    }

    /**
     * What a server says in a problem document.
     *
     * @param type its {@code type}, which programs tell problems by
     */
    static Failure problem(String type, String message) {
        return new Failure(ExitCode.FAILED, type, message, null);
    }

    /** A value on the command line that is none; the message of the cause says which and why. */
    public static Failure usage(IllegalArgumentException cause) {
        return new Failure(ExitCode.USAGE, Objects.toString(cause.getMessage()), cause);
    }

    /** The same with more to say. */
    public Failure and(String more) {
        return new Failure(exitCode, problem, getMessage() + " " + more, this);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    /** Whether it is this problem of the query service, such as {@code too-much}. */
    public boolean isProblem(String name) {
        return problem.equals(PROBLEM + name);
    }
}
