package dev.whence.query.access;

import dev.whence.lake.UrlRange;
import dev.whence.query.version.DatasetNames;
import dev.whence.query.view.Visibility;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the rules let a caller see of a version. */
final class RuledVisibility implements Visibility {
    private final Caller caller;
    private final String principal;
    private final Map<Integer, Viewers> viewers;
    private final Map<String, List<UrlRange>> masks;

    RuledVisibility(Caller caller, DatasetNames names) {
        this.caller = caller;
        this.principal = caller.principal();
        this.viewers = caller.rules().restrictedIds().of(names);
        this.masks = caller.rules().masks();
    }

    @Override
    public long rules() {
        return caller.rules().number();
    }

    @Override
    public String principal() {
        return principal;
    }

    /** An id that the version has no name for may be anybody's: it is not shown. */
    @Override
    public boolean showsDataset(int datasetId) {
        Viewers allowed = viewers.get(datasetId);
        return allowed != null && allowed.include(principal);
    }

    /** To operators, and of rules alone: what hides nothing today must not tell that either. */
    @Override
    public boolean tellsSums() {
        return caller.isOperator() && masks.isEmpty() && !caller.rules().restrictsFrom(principal);
    }

    @Override
    public List<UrlRange> masked(String domain) {
        return masks.getOrDefault(domain, List.of());
    }

    @Override
    public String maskMark() {
        return caller.rules().masksDigest();
    }

    @Override
    public Set<String> maskedDomains() {
        return masks.keySet();
    }
}
