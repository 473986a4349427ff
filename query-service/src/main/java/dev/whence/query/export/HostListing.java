package dev.whence.query.export;

import dev.whence.query.QueryException;
import dev.whence.query.listing.HostPage;
import dev.whence.query.listing.HostPages;
import dev.whence.query.view.DomainDatasets.Holding;
import dev.whence.query.view.View;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of a domain: a row for each host and each dataset that holds some of it.
 *
 * @param below only this host and those below it; empty for all
 * @param datasetId empty for all datasets
 */
public record HostListing(String domain, String below, OptionalInt datasetId) implements Listing {

    @Override
    public String identity() {
        return "export of hosts %s %s %s".formatted(domain, below, datasetId);
    }

    @Override
    public String fileName() {
        return domain + "-hosts";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("host"),
                Column.number("dataset_id"),
                Column.text("name"),
                Column.number("url_count"));
    }

    @Override
    public void check(View view) throws QueryException {
        if (datasetId.isPresent()) {
            view.requireDataset(datasetId.getAsInt());
        }
    }

    @Override
    public Part read(View view, ByteBuffer place) throws QueryException, IOException {
        List<Holding> holdings =
                view.holdings(domain).holdings().stream()
                        .filter(each ->
                                datasetId.isEmpty() || each.datasetId() == datasetId.getAsInt())
                        .toList();
        Map<Integer, String> names =
                holdings.stream().collect(Collectors.toMap(Holding::datasetId, Holding::name));
        HostPage page =
                HostPages.read(view, domain, holdings, below, Names.after(place), Names.PART_ROWS);
        return new Part(
                page.hosts().stream()
                        .<@Nullable Object[]>flatMap(host ->
                                host.urls().entrySet().stream()
                                        .map(each ->
                                                new @Nullable Object[] {
                                                    host.host(),
                                                    Integer.toUnsignedLong(each.getKey()),
                                                    names.get(each.getKey()),
                                                    each.getValue()
                                                }))
                        .toList(),
                Names.next(page.next()));
    }
}
