package dev.whence.query.page;

/** Where the pages are that others link to; links keep the version that was asked for. */
final class Addresses {
    private Addresses() {}

    static Address domain(Frame frame, String domain) {
        return frame.address("/domain").with("name", domain);
    }

    static Address hosts(Frame frame, String domain) {
        return frame.address("/hosts").with("domain", domain);
    }

    static Address urls(Frame frame, String domain, int datasetId) {
        return frame.address("/urls").with("domain", domain).withDataset("dataset", datasetId);
    }

    /** The page of one exact URL. */
    static Address url(Frame frame, String url) {
        return frame.address("/url").with("url", url);
    }

    static Address dataset(Frame frame, int datasetId) {
        return frame.address("/datasets/" + Integer.toUnsignedString(datasetId));
    }
}
