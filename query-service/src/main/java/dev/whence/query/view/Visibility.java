package dev.whence.query.view;

import dev.whence.lake.UrlRange;
import java.util.List;
import java.util.Set;

/**
 * What somebody may see of any version. Immutable and thread-safe; a change of the rules makes
 * another one, with a higher number. The answers of two visibilities with the same rules and
 * principal are the same.
 */
public interface Visibility {

    /** All of it, for everybody. */
    Visibility EVERYTHING = new Everything();

    /** The number of the rules that it follows from; 0 for no rules. */
    long rules();

    /** For whom it is, as a short text of letters, digits and dashes; empty for nobody special. */
    String principal();

    /** Whether a dataset (u32) is there at all. */
    boolean showsDataset(int datasetId);

    /**
     * Whether sums over all that is there may be told. Not so where something is hidden, nor from
     * whoever may not know whether something is.
     */
    boolean tellsSums();

    /**
     * The URLs of a domain that are masked, as ranges that may overlap; {@link UrlRange#ALL} for
     * the whole domain, none for most domains.
     */
    List<UrlRange> masked(String domain);

    /** A short text that is the same as long as the same is masked; empty for nothing. */
    String maskMark();

    /** All domains of which some URLs are masked, or may be. */
    Set<String> maskedDomains();
}
