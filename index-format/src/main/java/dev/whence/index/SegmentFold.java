package dev.whence.index;

import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.UUID;

/** Folds adjacent segments into one, all of their sorted sequences side by side. */
final class SegmentFold {

    private SegmentFold() {}

    static List<BlockFile> fold(
            Path directory, List<Path> adjacent, boolean bottom, FoldProgress progress)
            throws IOException {
        if (adjacent.isEmpty()) {
            throw new IllegalArgumentException("No segments to merge");
        }
        try (Arena arena = Arena.ofShared()) {
            List<Segment> segments = new ArrayList<>();
            for (Path path : adjacent) {
                segments.add(Segment.open(path, arena));
            }
            UrlProfile profile =
                    MergedProfile.of(segments.stream().flatMap(s -> s.files().stream()).toList());
            UUID blockId = UUID.randomUUID();
            BlockDirectory.create(directory);
            List<BlockFile> files = new ArrayList<>();
            files.add(
                    mergeMembers(
                            directory,
                            Envelope.of(IndexFormat.MEMBERS, profile, blockId),
                            segments,
                            progress));
            try (TailsWriter tails =
                    new TailsWriter(directory, Envelope.of(IndexFormat.TAILS, profile, blockId))) {
                mergeTails(tails, segments);
                files.add(
                        mergeFiles(
                                directory,
                                Envelope.of(IndexFormat.FILES, profile, blockId),
                                segments,
                                bottom,
                                tails.tails()));
                tails.finish().ifPresent(files::add);
            }
            files.add(
                    mergeDatasets(
                            directory,
                            Envelope.of(IndexFormat.DATASETS, profile, blockId),
                            segments));
            BlockDirectory.sync(directory);
            return List.copyOf(files);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static BlockFile mergeMembers(
            Path directory, Envelope envelope, List<Segment> segments, FoldProgress progress)
            throws IOException {
        try (MembersWriter writer = new MembersWriter(directory, envelope)) {
            MergedMembers merged = new MergedMembers(segments, progress);
            while (merged.next()) {
                writer.add(merged.pair(), merged.sum());
            }
            return writer.finish();
        }
    }

    /** Takes over the tails of files that none of the segments removes, as they are. */
    private static void mergeTails(TailsWriter writer, List<Segment> segments) throws IOException {
        MergedTails merged = new MergedTails(segments);
        while (merged.next()) {
            writer.add(merged.fileId(), merged.tail());
        }
    }

    private static BlockFile mergeFiles(
            Path directory, Envelope envelope, List<Segment> segments, boolean bottom, long tails)
            throws IOException {
        try (FilesWriter writer = new FilesWriter(directory, envelope)) {
            PriorityQueue<Head> heads = new PriorityQueue<>(Head.ORDER);
            for (int i = 0; i < segments.size(); i++) {
                Head head =
                        new Head(
                                segments.get(i).added().cursor(),
                                segments.subList(i + 1, segments.size()));
                if (head.cursor.next()) {
                    heads.add(head);
                }
            }
            while (!heads.isEmpty()) {
                Head least = heads.remove();
                if (!Segment.isRemoved(least.cursor.file(), least.newer)) {
                    writer.add(least.cursor.file());
                }
                if (least.cursor.next()) {
                    heads.add(least);
                }
            }
            return writer.finish(
                    bottom ? RemovalCursor.over(new TreeMap<>()) : new MergedRemovals(segments),
                    tails);
        }
    }

    /** At the bottom all that is lost was gained before, so that nothing is left of it. */
    private static BlockFile mergeDatasets(
            Path directory, Envelope envelope, List<Segment> segments) throws IOException {
        try (DatasetBitmapsWriter writer = new DatasetBitmapsWriter(directory, envelope)) {
            MergedBitmaps merged = new MergedBitmaps(segments);
            for (var change = merged.next(); change != null; change = merged.next()) {
                writer.add(change);
            }
            return writer.finish();
        }
    }

    /** A segment's place in the merge, and the segments that may remove what it adds. */
    private record Head(AddedFiles.Cursor cursor, List<Segment> newer) {
        static final Comparator<Head> ORDER =
                Comparator.comparing(head -> head.cursor.file(), FileEntry.ORDER);
    }
}
