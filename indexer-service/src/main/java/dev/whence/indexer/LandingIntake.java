package dev.whence.indexer;

import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LoggedMerge;
import dev.whence.catalog.Strategy;
import dev.whence.lake.UrlFile;
import dev.whence.merge.DataFile;
import dev.whence.store.ObjectStore;
import dev.whence.url.DomainPrefix;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds out what the landing files of one dataset bring to it: a file as it is, or a reduced copy
 * without the rows that are taken down and those that an insert meets, or nothing. Not thread-safe.
 */
final class LandingIntake {
    private final ObjectStore store;
    private final Comparison comparison;
    private final TakenDownRows takenDown;
    private final LakeStaging staging;
    private final ReducedCopy reducedCopy;
    private final SideFiles sideFiles;
    private final IntakeSum sum;
    private final List<String> sourceCopies = new ArrayList<>();

    /**
     * @param sideFiles what the dataset holds by then
     * @param sum is told what was read, left out and superseded
     */
    LandingIntake(IntakeContext context, SideFiles sideFiles, IntakeSum sum) {
        this.store = context.store();
        this.comparison = context.comparison();
        this.takenDown = context.rules().rows();
        this.staging = context.staging();
        this.reducedCopy = new ReducedCopy(staging);
        this.sideFiles = sideFiles;
        this.sum = sum;
    }

    /** What becomes live of a file that is added; empty if nothing does. */
    Optional<LiveFile> add(LandingFile landing) throws IOException {
        UrlFile file = LandingReader.open(landing, store);
        LiveFile whole = LandingReader.read(landing, file, UrlProfile.current());
        NavigableSet<String> held =
                landing.strategy() == Strategy.INSERT
                        ? sideFiles.heldOf(whole.counts())
                        : new TreeSet<>();
        NavigableSet<String> touched = takenDown.heldBy(whole.counts());
        var lookedThrough = new TreeSet<>(held);
        lookedThrough.addAll(touched);
        BitSet leftOut = leftOut(file, touched, lookedThrough);
        sum.read(landing.rows() - leftOut.cardinality());
        if (!held.isEmpty()) {
            leftOut.or(known(file, held, lookedThrough, leftOut));
        }
        if (leftOut.isEmpty()) {
            return Optional.of(whole);
        }
        sum.supersede(whole.key());
        return reduced(landing, file, lookedThrough, leftOut);
    }

    /**
     * What sources of a merge bring. A copy that had to be made of one is for that merge alone.
     *
     * @return none if no row is left
     */
    List<DataFile> sources(LoggedMerge merge) throws IOException {
        var sources = new ArrayList<DataFile>();
        for (LandingFile source : merge.sources()) {
            UrlFile file = LandingReader.open(source, store);
            LiveFile whole = LandingReader.read(source, file, UrlProfile.current());
            NavigableSet<String> touched = takenDown.heldBy(whole.counts());
            BitSet leftOut = leftOut(file, touched, touched);
            if (leftOut.isEmpty()) {
                sources.add(DataFile.of(whole.key(), whole.bytes()));
            } else {
                reduced(source, file, touched, leftOut)
                        .ifPresent(copy -> {
                            sourceCopies.add(copy.key());
                            sources.add(DataFile.of(copy.key(), copy.bytes()));
                        });
            }
        }
        return sources;
    }

    /** The merge is done, and what was copied for it is not needed any more. */
    void dropSourceCopies() {
        sourceCopies.forEach(staging.uploads()::discard);
        sourceCopies.clear();
    }

    private Optional<LiveFile> reduced(
            LandingFile landing, UrlFile file, NavigableSet<String> lookedThrough, BitSet leftOut)
            throws IOException {
        return leftOut.cardinality() == file.rows()
                ? Optional.empty()
                : Optional.of(
                        reducedCopy.write(
                                landing.datasetId(),
                                DomainPrefix.NONE,
                                file,
                                lookedThrough,
                                leftOut));
    }

    private BitSet leftOut(
            UrlFile file, NavigableSet<String> touched, NavigableSet<String> lookedThrough)
            throws IOException {
        if (touched.isEmpty()) {
            return new BitSet();
        }
        BitSet places = takenDown.in(file, lookedThrough).places();
        sum.leftOut(places.cardinality());
        return places;
    }

    private BitSet known(
            UrlFile file,
            NavigableSet<String> held,
            NavigableSet<String> lookedThrough,
            BitSet takenDownRows)
            throws IOException {
        var found = comparison.compare(file, lookedThrough, sideFiles.mayHold(held));
        BitSet known = found.known();
        known.andNot(takenDownRows);
        sum.compared(found.rowsRead(), known.cardinality());
        return known;
    }
}
