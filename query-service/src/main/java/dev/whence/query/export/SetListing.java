package dev.whence.query.export;

import dev.whence.query.QueryException;
import dev.whence.query.view.DomainNamesPage;
import dev.whence.query.view.SetQuestion;
import dev.whence.query.view.View;
import dev.whence.url.Fingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The domains of a set.
 *
 * @param prefix what they begin with; empty for all
 */
public record SetListing(SetQuestion question, String prefix) implements Listing {

    @Override
    public String identity() {
        return "export of a set %s %s".formatted(question, prefix);
    }

    @Override
    public String fileName() {
        return "set";
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.text("domain"), Column.fingerprint("domain_id"));
    }

    @Override
    public void check(View view) throws QueryException {
        for (int datasetId : question.datasets().toList()) {
            view.requireDataset(datasetId);
        }
    }

    @Override
    public Part read(View view, ByteBuffer place) throws QueryException, IOException {
        view.check();
        DomainNamesPage page =
                view.sets().domains(question, prefix, Names.after(place), Names.PART_ROWS);
        return new Part(
                page.domains().stream()
                        .<@Nullable Object[]>map(
                                domain -> new @Nullable Object[] {domain, Fingerprint.of(domain)})
                        .toList(),
                Names.next(page.next()));
    }
}
