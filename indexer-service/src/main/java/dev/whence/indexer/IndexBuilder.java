package dev.whence.indexer;

import dev.whence.catalog.Block;
import dev.whence.catalog.BlockCache;
import dev.whence.catalog.DatasetChange;
import dev.whence.catalog.DatasetQueue;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.GenerationRef;
import dev.whence.catalog.SegmentRef;
import dev.whence.index.BlockFile;
import dev.whence.index.GenerationWriter;
import dev.whence.index.LakeFile;
import dev.whence.index.SegmentWriter;
import dev.whence.store.ObjectStore;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.zip.CRC32C;

/** Carries a plan out, up to the version that is ready to be checked and put. */
final class IndexBuilder {
    private final ObjectStore store;
    private final BlockCache cache;
    private final FreshId ids;
    private final Instructions instructions;
    private final Intakes intakes;
    private final DatasetTables tables;
    private final VersionDrafting drafting;
    private final Folds folds;
    private final UrlProfile profile = UrlProfile.current();

    IndexBuilder(
            ObjectStore store,
            BlockCache cache,
            FreshId ids,
            Instructions instructions,
            Intakes intakes,
            DatasetRegistry registry,
            VersionDrafting drafting,
            Folds folds) {
        this.store = store;
        this.cache = cache;
        this.ids = ids;
        this.instructions = instructions;
        this.intakes = intakes;
        this.tables = new DatasetTables(registry);
        this.drafting = drafting;
        this.folds = folds;
    }

    /**
     * Builds the next version; when that fails, nothing of it is left.
     *
     * @param ready what was made beside the publishing
     */
    Draft build(Plan plan, Ready ready, Base base) throws IOException {
        var workspace = new Workspace(store, cache, plan.version(), ids);
        try {
            return build(plan, ready, base, workspace);
        } catch (IOException | RuntimeException e) {
            workspace.drop();
            throw e;
        }
    }

    private Draft build(Plan plan, Ready ready, Base base, Workspace workspace) throws IOException {
        Instructed instructed = instructions.carryOut(plan, base, workspace.lake());
        List<Intake> taken =
                intakes.take(plan, ready, instructed.intakes(), base, workspace.lake());
        var change = new IndexChange(base, taken);
        var atOnce = new FoldAtOnce(cache, workspace, base);
        var generations =
                generations(
                        atOnce.lower(
                                ReadyFolds.takeInto(
                                        base.generations(), ready.folds().generations()),
                                folds.generations()),
                        base,
                        workspace,
                        change);
        var segments =
                segments(
                        atOnce.lower(
                                ReadyFolds.takeInto(base.segments(), ready.folds().segments()),
                                folds.segments()),
                        plan,
                        base,
                        workspace,
                        change);
        var besides = new HashSet<>(instructed.intakes().keySet());
        ready.carriedOut().forEach(done -> besides.add(done.datasetId()));
        ready.purged().forEach(done -> besides.add(done.datasetId()));
        List<DatasetChange> changes = DatasetChanges.of(plan, besides, change, taken);
        DatasetTable rows = tables.next(base.table(), plan, changes, change, taken);
        Block table = table(base, workspace, rows);

        var dropped = new ArrayList<>(ready.folds().oldKeys());
        dropped.addAll(atOnce.oldKeys());
        taken.forEach(intake -> dropped.addAll(intake.superseded()));
        base.version()
                .map(old -> old.datasetTable())
                .filter(old -> !old.id().equals(table.id()))
                .ifPresent(old -> dropped.addAll(old.keys()));
        var parts =
                new VersionDrafting.Parts(
                        generations,
                        segments,
                        table,
                        rows.rows().size(),
                        rows.queued().stream().map(DatasetQueue::ref).toList(),
                        changes,
                        dropped,
                        workspace.lake().uploads().all().stream()
                                .map(ReadBack.Expected::key)
                                .toList(),
                        instructed.operations(),
                        TakedownSteps.after(
                                plan,
                                ready,
                                base,
                                instructed,
                                taken,
                                () ->
                                        WaitingFiles.bringTakenDown(
                                                base.table(), rows, plan.rules().rows(), store)));
        return new Draft(
                plan,
                ready,
                drafting.draft(plan, base, change, parts),
                change,
                taken,
                workspace,
                atOnce.folds());
    }

    private List<GenerationRef> generations(
            List<GenerationRef> below, Base base, Workspace workspace, IndexChange change)
            throws IOException {
        var stack = new ArrayList<>(below);
        DomainCounts newDomains = change.newDomains();
        if (newDomains.size() > 0) {
            int firstOrdinal = base.snapshot().domains();
            Path directory = workspace.newDirectory();
            List<BlockFile> files =
                    GenerationWriter.write(directory, profile, firstOrdinal, newDomains.domains());
            stack.add(
                    new GenerationRef(
                            workspace.addBlock(directory, files), firstOrdinal, newDomains.size()));
        }
        return List.copyOf(stack);
    }

    private List<SegmentRef> segments(
            List<SegmentRef> below, Plan plan, Base base, Workspace workspace, IndexChange change)
            throws IOException {
        var stack = new ArrayList<>(below);
        if (!change.isEmpty()) {
            var writer = new SegmentWriter(profile);
            addFiles(writer, change);
            change.goneFiles().forEach(file -> writer.removeFile(file.fileId(), file.datasetId()));
            for (LiveFile file : change.countedFiles()) {
                file.counts()
                        .forEach((domain, rows) ->
                                count(writer, base, change.ordinalOf(domain), file, rows));
            }
            for (RemovedFile removed : change.removedFiles()) {
                int datasetId = removed.file().datasetId();
                removed.forEach((ordinal, rows) -> writer.change(ordinal, datasetId, -rows));
            }
            change.memberships()
                    .forEach((datasetId, ordinals) ->
                            ordinals.forEach(
                                    (ordinal, more) -> tell(writer, ordinal, datasetId, more)));
            Path directory = workspace.newDirectory();
            Block block = workspace.addBlock(directory, writer.write(directory));
            // Versions that changed nothing have no segment of their own: this one covers them.
            long from = stack.isEmpty() ? 1 : stack.getLast().toVersion() + 1;
            stack.add(new SegmentRef(block, from, plan.version()));
        }
        return List.copyOf(stack);
    }

    private static void addFiles(SegmentWriter writer, IndexChange change) {
        for (int i = 0; i < change.files().size(); i++) {
            LakeFile file = change.files().get(i);
            change.liveFiles()
                    .get(i)
                    .tail()
                    .ifPresentOrElse(
                            tail -> writer.addFile(file, tail), () -> writer.addFile(file));
        }
    }

    private static void count(
            SegmentWriter writer, Base base, int ordinal, LiveFile file, long rows) {
        writer.change(ordinal, file.datasetId(), rows);
        if (ordinal >= base.snapshot().domains()) {
            writer.gain(ordinal, file.datasetId());
        }
    }

    private static void tell(SegmentWriter writer, int ordinal, int datasetId, long more) {
        if (more > 0) {
            writer.gain(ordinal, datasetId);
        } else {
            writer.lose(ordinal, datasetId);
        }
    }

    private Block table(Base base, Workspace workspace, DatasetTable table) throws IOException {
        if (base.version().isPresent() && table.equals(base.table())) {
            return base.version().get().datasetTable();
        }
        byte[] file = table.encode();
        var crc = new CRC32C();
        crc.update(file);
        Path directory = workspace.newDirectory();
        Files.write(directory.resolve(DatasetTable.FILE_NAME), file);
        return workspace.addBlock(
                directory,
                List.of(new BlockFile(DatasetTable.FILE_NAME, file.length, (int) crc.getValue())));
    }
}
