package dev.whence.query.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where programs get what a page shows: the one place for links to the calls of the API, in the
 * version that was asked for.
 */
final class Downloads {
    private Downloads() {}

    static List<Link> domain(Frame frame, String domain) {
        return List.of(json(frame.address(path(domain))));
    }

    static List<Link> hosts(Frame frame, String domain) {
        return List.of(json(frame.address(path(domain) + "/hosts")));
    }

    static List<Link> urls(Frame frame, String domain, int datasetId, UrlsPage.Filters filters) {
        String path =
                "%s/datasets/%s/urls".formatted(path(domain), Integer.toUnsignedString(datasetId));
        return List.of(
                json(
                        frame.address(path)
                                .with("host", filters.host())
                                .with("path_prefix", filters.path())
                                .with("from", filters.from())
                                .with("to", filters.to())));
    }

    static List<Link> datasets(Frame frame) {
        return List.of(json(frame.address("/v1/datasets")));
    }

    static List<Link> dataset(Frame frame, int datasetId) {
        String path = "/v1/datasets/" + Integer.toUnsignedString(datasetId);
        return List.of(
                json(frame.address(path)),
                new Link("Largest domains, JSON", frame.address(path + "/domains").toString()));
    }

    private static String path(String domain) {
        // A form's plus is a blank, which stands in no domain; what is left is right in a path,
        // too.
        return "/v1/domain/" + URLEncoder.encode(domain, StandardCharsets.UTF_8);
    }

    private static Link json(Address address) {
        return new Link("JSON", address.toString());
    }
}
