package dev.whence.url;

/** Why an input is not taken as a URL. The code is what counts, logs and answers name. */
public enum Rejection {
    EMPTY("empty", "nothing is left once the white space around it is taken away"),
    TOO_LONG("too-long", "it, or its canonical form, is longer than 16 KiB"),
    NOT_UTF8("not-utf8", "it is not well-formed Unicode text"),
    UNSUPPORTED_SCHEME("unsupported-scheme", "its scheme is none of http, https and ftp"),
    MISSING_HOST("missing-host", "it names no host"),
    INVALID_HOST(
            "invalid-host",
            "its host is neither a domain name of at most 253 bytes nor an IP address"),
    INVALID_PORT("invalid-port", "its port is not a number from 0 to 65535");

    private final String code;
    private final String explanation;

    Rejection(String code, String explanation) {
        this.code = code;
        this.explanation = explanation;
    }

    public String code() {
        return code;
    }

    /** What is wrong, as the end of a sentence; the same for every input. */
    public String explanation() {
        return explanation;
    }
}
