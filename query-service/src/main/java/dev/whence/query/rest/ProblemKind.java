package dev.whence.query.rest;

/** The kinds of problem, each with its type URI, its title and its status. */
enum ProblemKind {
    BAD_PARAMETER("bad-parameter", 400, "A parameter is not what it should be"),
    INVALID_DOMAIN("invalid-domain", 400, "Not a domain"),
    INVALID_URL("invalid-url", 400, "Not a URL"),
    TOO_MUCH("too-much", 400, "More than one answer may take"),
    INVALID_CURSOR("invalid-cursor", 400, "Not a cursor of this list"),
    UNAUTHENTICATED("unauthenticated", 401, "A known key is needed"),
    FORBIDDEN("forbidden", 403, "Not for this key"),
    UNKNOWN_PATH("unknown-path", 404, "There is nothing at this path"),
    UNKNOWN_DATASET("unknown-dataset", 404, "No such dataset"),
    NO_CAPTURES("no-captures", 404, "No captures"),
    UNKNOWN_VERSION("unknown-version", 404, "No such version"),
    RETIRED_VERSION("retired-version", 410, "This version is no longer kept"),
    REFUSED_VERSION("refused-version", 500, "This version cannot be opened"),
    INCONSISTENT_VERSION("inconsistent-version", 500, "The index and the files disagree"),
    INTERNAL("internal", 500, "Something went wrong here"),
    NOT_SERVING("not-serving", 503, "No version is served yet"),
    RULES_UNKNOWN("rules-unknown", 503, "The access rules are not known"),
    BUSY("busy", 429, "Too much at once"),
    TOOK_TOO_LONG("took-too-long", 503, "The answer takes too long"),
    STORE_UNAVAILABLE("store-unavailable", 503, "The object store does not answer");

    private final String code;
    private final int status;
    private final String title;

    ProblemKind(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    Problem about(String detail, String instance) {
        return new Problem("urn:whence:problem:" + code, title, status, detail, instance);
    }
}
