package dev.whence.query.cdx;

import dev.whence.lake.UrlKey;
import dev.whence.lake.UrlRange;
import dev.whence.query.QueryException;
import dev.whence.query.view.DomainDatasets.Holding;
import dev.whence.query.view.View;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Which URLs are asked for, of which datasets.
 *
 * @param domain the registrable domain that all of them are of
 * @param host {@code host[:port]}, as in canonical URLs
 * @param path path and query
 * @param dataset the name of the only dataset; empty for all of them
 */
public record CdxScope(
        MatchType match, String domain, String host, String path, Optional<String> dataset) {

    /**
     * Refuses a dataset that is not there.
     *
     * @throws QueryException.UnknownCollection if none has the name
     */
    void check(View view) throws QueryException {
        if (dataset.isPresent() && !view.datasetNames().contains(dataset.get())) {
            throw new QueryException.UnknownCollection(view.number());
        }
    }

    /** The datasets that hold something of the domain and are asked about. */
    List<Holding> holdings(View view) throws QueryException, IOException {
        return view.holdings(domain).holdings().stream()
                .filter(each -> dataset.isEmpty() || each.name().equals(dataset.get()))
                .toList();
    }

    /** The rows of a host of it, as they are sorted. */
    UrlRange range(String ofHost) {
        return switch (match) {
            case EXACT ->
                    new UrlRange(new UrlKey(ofHost, path, ""), new UrlKey(ofHost, path + '\0', ""));
            case PREFIX -> UrlRange.ofPrefix(ofHost, path);
            case HOST, DOMAIN -> UrlRange.ofHost(ofHost);
        };
    }
}
