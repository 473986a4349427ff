package dev.whence.query.view;

import dev.whence.lake.UrlRange;
import java.util.List;
import java.util.Set;

/** Hides nothing. */
final class Everything implements Visibility {
    @Override
    public long rules() {
        return 0;
    }

    @Override
    public String principal() {
        return "";
    }

    @Override
    public boolean showsDataset(int datasetId) {
        return true;
    }

    @Override
    public boolean tellsSums() {
        return true;
    }

    @Override
    public List<UrlRange> masked(String domain) {
        return List.of();
    }

    @Override
    public String maskMark() {
        return "";
    }

    @Override
    public Set<String> maskedDomains() {
        return Set.of();
    }
}
