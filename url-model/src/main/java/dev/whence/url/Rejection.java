package dev.whence.url;

/** Why an input is not taken as a URL. The code is what counts, logs and answers name. */
public enum Rejection {
    EMPTY("empty"),
    TOO_LONG("too-long"),
    NOT_UTF8("not-utf8"),
    UNSUPPORTED_SCHEME("unsupported-scheme"),
    MISSING_HOST("missing-host"),
    INVALID_HOST("invalid-host"),
    INVALID_PORT("invalid-port");

    private final String code;

    Rejection(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
