package dev.whence.query.view;

import dev.whence.index.FoundDomain;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import dev.whence.query.BoundedCache;
import dev.whence.query.CursorSeal;
import dev.whence.query.Deadline;
import dev.whence.query.QueryException;
import dev.whence.query.lake.LakeReader;
import dev.whence.query.version.OpenVersion;
import dev.whence.query.version.VersionHistory;
import dev.whence.query.version.VersionLease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A version under lease as somebody may see it: the only place that answers come from. Whatever its
 * {@link Visibility} hides is not there, in no list, count or set: a hidden dataset is one that
 * does not exist, and a masked URL one that no dataset holds. Held for one answer by one thread,
 * which closes it; threads that it starts meanwhile may look through it, too.
 */
public final class View implements AutoCloseable {
    private final VersionLease lease;
    private final OpenVersion version;
    private final IndexSnapshot index;
    private final Visibility visibility;
    private final CursorSeal seal;
    private final VersionHistory history;
    private final LakeReader lake;
    private final MaskedCounts masks;
    private final Tags tags;
    private final Deadline deadline;
    private @Nullable MaskedHoldings masked;

    View(
            VersionLease lease,
            Sight sight,
            VersionHistory history,
            LakeReader lake,
            MaskedCounts masks,
            Tags tags,
            Deadline deadline) {
        this.lease = lease;
        this.version = lease.version();
        this.index = version.index();
        this.visibility = sight.of(version.names());
        this.seal = sight.seal();
        this.history = history;
        this.lake = lake;
        this.masks = masks;
        this.tags = tags;
        this.deadline = deadline;
    }

    /** The version's number. */
    public long number() {
        return version.number();
    }

    /** Whether a cache may hand its answers on to somebody else. */
    public boolean isForEverybody() {
        return stamp().isForEverybody();
    }

    /** What answers to the same question depend on. */
    Stamp stamp() {
        return new Stamp(
                version.number(),
                version.version().writer(),
                visibility.rules(),
                visibility.principal());
    }

    /** A mark that is the same as long as answers to the same question are, and tells no more. */
    public String tag() throws QueryException, IOException {
        return tags.of(this);
    }

    /** What cursors into its lists are sealed with. */
    public CursorSeal seal() {
        return seal;
    }

    /**
     * Whether sums over all domains cost no work to speak of: what masks change of them may have to
     * be counted first.
     */
    public boolean knowsSums() {
        return masked != null || visibility.maskedDomains().isEmpty() || masks.knowChanges(stamp());
    }

    /** The datasets, by id. */
    public List<DatasetSummary> datasets() throws QueryException, IOException {
        return tables().all();
    }

    /**
     * One of them.
     *
     * @throws QueryException.UnknownDataset if there is none with this id
     */
    public DatasetSummary dataset(int datasetId) throws QueryException, IOException {
        requireDataset(datasetId);
        return tables().one(datasetId);
    }

    /** Refuses a dataset that is not there. */
    public void requireDataset(int datasetId) throws QueryException {
        requiredName(datasetId);
    }

    /** A dataset's name; refuses one that is not there. */
    public String requiredName(int datasetId) throws QueryException {
        String name = nameOf(datasetId);
        if (name == null) {
            throw new QueryException.UnknownDataset(datasetId, number());
        }
        return name;
    }

    /** What the datasets are called, by id. */
    public List<String> datasetNames() {
        return version.names().byId().entrySet().stream()
                .filter(each -> visibility.showsDataset(each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** A dataset's name, or null if it is not there. */
    public @Nullable String nameOf(int datasetId) {
        return visibility.showsDataset(datasetId)
                ? version.findDataset(datasetId).map(row -> row.name()).orElse(null)
                : null;
    }

    /**
     * The datasets that hold a domain.
     *
     * @param domain a registrable domain in canonical form
     */
    public DomainDatasets holdings(String domain) throws QueryException, IOException {
        deadline.check();
        return new Holders(this).of(domain, index.ordinalOf(domain));
    }

    /** The same for up to 10,000 domains, in their order. */
    public List<DomainDatasets> holdings(List<String> domains) throws QueryException, IOException {
        Holders holders = new Holders(this);
        List<FoundDomain> found = index.find(domains);
        List<DomainDatasets> holdings = new ArrayList<>(domains.size());
        for (int i = 0; i < domains.size(); i++) {
            holdings.add(holders.of(domains.get(i), found.get(i).datasets()));
        }
        return holdings;
    }

    /** Goes on if there is time left for the answer. */
    public void check() throws QueryException {
        deadline.check();
    }

    /** Domains by the letters that they begin with. */
    public PrefixDomains beginningWith(String prefix) {
        return new PrefixDomains(this, prefix);
    }

    /** The datasets as sets of domains. */
    public VisibleSets sets() {
        return new VisibleSets(this);
    }

    /**
     * The URLs that a dataset holds of a domain.
     *
     * @throws QueryException.UnknownDataset if there is no such dataset
     */
    public DomainUrls urls(String domain, int datasetId) throws QueryException {
        requireDataset(datasetId);
        int ordinal = index.ordinalOf(domain);
        long indexed = ordinal < 0 ? 0 : index.count(ordinal, datasetId);
        return new DomainUrls(this, domain, datasetId, indexed);
    }

    /**
     * The live files, by dataset and file id; files have what is masked in them.
     *
     * @param datasetId empty for all datasets
     */
    public Stream<LakeFile> files(OptionalInt datasetId) throws QueryException {
        if (datasetId.isPresent()) {
            requireDataset(datasetId.getAsInt());
            return index.files(datasetId.getAsInt()).stream();
        }
        return index.files().filter(file -> visibility.showsDataset(file.datasetId()));
    }

    /** The versions that are kept, from this one backwards. */
    public VisibleHistory history() {
        return new VisibleHistory(version, history, visibility);
    }

    @Override
    public void close() {
        lease.close();
    }

    IndexSnapshot index() {
        return index;
    }

    OpenVersion version() {
        return version;
    }

    Visibility visibility() {
        return visibility;
    }

    /** The lake, as long as there is time. */
    LakeReader lake() throws QueryException {
        deadline.check();
        return lake;
    }

    /** What masks change, worked out once for all answers of the same stamp. */
    MaskedHoldings masked() throws QueryException, IOException {
        MaskedHoldings known = masked;
        if (known == null) {
            known =
                    visibility.maskedDomains().isEmpty()
                            ? MaskedHoldings.NONE
                            : masks.changes(stamp(), deadline, () -> MaskedHoldings.of(this));
            masked = known;
        }
        return known;
    }

    /** How many URLs masks leave of a domain in a dataset, counted once. */
    long unmasked(String domain, int datasetId, BoundedCache.Loader<Long> count)
            throws QueryException, IOException {
        return masks.left(stamp(), domain, datasetId, deadline, count);
    }

    private DatasetSummaries tables() throws QueryException, IOException {
        return new DatasetSummaries(this);
    }
}
