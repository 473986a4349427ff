package dev.whence.query.page;

import dev.whence.query.export.Format;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a page shows, as files and for programs: the one place for links to the calls of the API, in
 * the version that was asked for.
 */
final class Downloads {
    private Downloads() {}

    static List<Link> domain(Frame frame, String domain) {
        return files(frame.address(path(domain)), frame.address(path(domain) + "/urls:export"));
    }

    static List<Link> hosts(Frame frame, String domain) {
        String path = path(domain) + "/hosts";
        return files(frame.address(path), frame.address(path + ":export"));
    }

    static List<Link> urls(Frame frame, String domain, int datasetId, UrlsPage.Filters filters) {
        String path =
                "%s/datasets/%s/urls".formatted(path(domain), Integer.toUnsignedString(datasetId));
        return files(
                filtered(frame.address(path), filters),
                filtered(frame.address(path + ":export"), filters));
    }

    static List<Link> url(Frame frame, String url) {
        return List.of(json(frame.address("/v1/urls").with("url", url)));
    }

    static List<Link> datasets(Frame frame) {
        return files(frame.address("/v1/datasets"), frame.address("/v1/datasets:export"));
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

    private static Address filtered(Address address, UrlsPage.Filters filters) {
        return address.with("host", filters.host())
                .with("path_prefix", filters.path())
                .with("from", filters.from())
                .with("to", filters.to());
    }

    /** All of a list in each format of an export, and a call that answers page by page. */
    private static List<Link> files(Address call, Address export) {
        List<Link> links = new ArrayList<>();
        for (Format format : Format.values()) {
            Address file = export.with("format", format.ending());
            links.add(new Link(format.title(), file.toString()));
        }
        links.add(json(call));
        return List.copyOf(links);
    }

    private static Link json(Address address) {
        return new Link("JSON", address.toString());
    }
}
