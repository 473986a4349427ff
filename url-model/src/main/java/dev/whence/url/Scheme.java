package dev.whence.url;

/** The schemes that Whence takes; a URL of any other is rejected. */
public enum Scheme {
    HTTP("http", 80),
    HTTPS("https", 443),
    FTP("ftp", 21);

    private final String text;
    private final int defaultPort;

    Scheme(String text, int defaultPort) {
        this.text = text;
        this.defaultPort = defaultPort;
    }

    /** The scheme as it stands in a URL, without the colon. */
    public String text() {
        return text;
    }

    /** The port that a canonical URL leaves out. */
    public int defaultPort() {
        return defaultPort;
    }
}
