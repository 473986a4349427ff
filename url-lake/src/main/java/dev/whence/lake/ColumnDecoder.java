package dev.whence.lake;

import dev.whence.parquet.FooterSeal.Region;
import dev.whence.parquet.ObjectBytes;
import dev.whence.parquet.StoreRanges;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayReader;
import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the values of some rows of one column chunk, touching only pages that hold them and whose
 * values the column index does not already tell. Keeps the dictionary once it was read. Not
 * thread-safe.
 */
final class ColumnDecoder {
    private final ObjectBytes file;
    private final ColumnPages pages;
    private @Nullable TextDictionary dictionary;

    ColumnDecoder(ObjectBytes file, ColumnPages pages) {
        this.file = file;
        this.pages = pages;
    }

    ColumnPages pages() {
        return pages;
    }

    /** Adds what must be fetched to decode the rows. */
    void plan(long first, long end, List<Region> regions) {
        boolean texts = pages.hasDictionary();
        for (int page = pages.pageOf(first); page <= pages.pageOf(end - 1); page++) {
            if (isKnown(page)) {
                continue;
            }
            regions.add(new Region(pages.offset(page), pages.bytes(page)));
            if (texts && dictionary == null) {
                regions.add(new Region(pages.dictionaryOffset(), pages.dictionaryBytes()));
                texts = false;
            }
        }
    }

    /** The texts of a dictionary column; equal ones are often the same object. */
    String[] texts(long first, long end, StoreRanges ranges) throws IOException {
        String[] texts = new String[(int) (end - first)];
        forEachPage(
                first,
                end,
                (page, from, to) -> {
                    int at = (int) (from - first);
                    String constant = pages.constant(page);
                    if (constant != null) {
                        Arrays.fill(texts, at, at + (int) (to - from), constant);
                        return;
                    }
                    TextDictionary entries = dictionary(ranges);
                    forEachRun(
                            page,
                            ranges,
                            (entry, runFirst, runEnd) -> {
                                long low = Math.max(runFirst, from);
                                long high = Math.min(runEnd, to);
                                for (long row = low; row < high; row++) {
                                    texts[(int) (row - first)] = entries.text(entry);
                                }
                            });
                });
        return texts;
    }

    /** The runs of equal entries of a dictionary column, of one page, in order. */
    void forEachRun(int page, StoreRanges ranges, RunVisitor visitor) throws IOException {
        long row = pages.firstRow(page);
        long end = pages.endRow(page);
        ByteBuffer data = data(page, ranges, Encoding.RLE_DICTIONARY);
        HybridRuns runs = new HybridRuns(data, data.get());
        while (row < end) {
            long runEnd = Math.min(row + runs.nextRun(), end);
            visitor.visit(runs.value(), row, runEnd);
            row = runEnd;
        }
    }

    /** The strings of a column in DELTA_BYTE_ARRAY. */
    String[] deltaStrings(long first, long end, StoreRanges ranges) throws IOException {
        String[] strings = new String[(int) (end - first)];
        forEachPage(
                first,
                end,
                (page, from, to) -> {
                    int count = (int) (pages.endRow(page) - pages.firstRow(page));
                    DeltaByteArrayReader reader = new DeltaByteArrayReader();
                    reader.initFromPage(
                            count,
                            ByteBufferInputStream.wrap(
                                    data(page, ranges, Encoding.DELTA_BYTE_ARRAY)));
                    for (long row = pages.firstRow(page); row < from; row++) {
                        reader.skip();
                    }
                    for (long row = from; row < to; row++) {
                        strings[(int) (row - first)] =
                                new String(
                                        reader.readBytes().getBytesUnsafe(),
                                        StandardCharsets.ISO_8859_1);
                    }
                });
        return strings;
    }

    /** The numbers of an optional column in PLAIN, with one that stands for null. */
    long[] numbers(long first, long end, long none, StoreRanges ranges) throws IOException {
        long[] numbers = new long[(int) (end - first)];
        forEachPage(
                first,
                end,
                (page, from, to) -> {
                    int at = (int) (from - first);
                    if (pages.isNull(page)) {
                        Arrays.fill(numbers, at, at + (int) (to - from), none);
                        return;
                    }
                    ByteBuffer data = data(page, ranges, Encoding.PLAIN);
                    data.order(ByteOrder.LITTLE_ENDIAN);
                    int[] levels = levels(data, 1, pages.values(page));
                    long row = pages.firstRow(page);
                    for (int level : levels) {
                        long number = level == 1 ? data.getLong() : none;
                        if (row >= from && row < to) {
                            numbers[(int) (row - first)] = number;
                        }
                        row++;
                    }
                });
        return numbers;
    }

    /**
     * The texts of one of the two columns of the map, for each row its list; the lists of a row
     * without a map are empty.
     */
    List<List<String>> lists(long first, long end, StoreRanges ranges) throws IOException {
        List<List<String>> lists = new ArrayList<>();
        forEachPage(
                first,
                end,
                (page, from, to) -> {
                    if (pages.isNull(page)) {
                        for (long row = from; row < to; row++) {
                            lists.add(List.of());
                        }
                        return;
                    }
                    List<List<String>> all = pageLists(page, ranges);
                    int skip = (int) (from - pages.firstRow(page));
                    lists.addAll(all.subList(skip, skip + (int) (to - from)));
                });
        return lists;
    }

    private List<List<String>> pageLists(int page, StoreRanges ranges) throws IOException {
        int values = pages.values(page);
        ByteBuffer data = data(page, ranges, Encoding.DELTA_BYTE_ARRAY);
        int[] repetitions = levels(data, 1, values);
        int[] definitions = levels(data, 2, values);
        int present = 0;
        for (int definition : definitions) {
            present += definition == 2 ? 1 : 0;
        }
        List<String> texts = values(data, present);
        List<List<String>> lists = new ArrayList<>();
        int text = 0;
        for (int i = 0; i < values; i++) {
            if (repetitions[i] == 0) {
                lists.add(definitions[i] == 2 ? new ArrayList<>() : List.of());
            }
            if (definitions[i] == 2) {
                lists.getLast().add(texts.get(text++));
            }
        }
        if (lists.size() != pages.endRow(page) - pages.firstRow(page)) {
            throw new IOException("%d rows in a page of another number".formatted(lists.size()));
        }
        return lists;
    }

    private static List<String> values(ByteBuffer data, int count) throws IOException {
        List<String> texts = new ArrayList<>(count);
        DeltaByteArrayReader reader = new DeltaByteArrayReader();
        reader.initFromPage(count, ByteBufferInputStream.wrap(data.slice()));
        for (int i = 0; i < count; i++) {
            texts.add(reader.readBytes().toStringUsingUTF8());
        }
        return texts;
    }

    /** Levels as data pages of version 1 hold them: a length of four bytes, then runs. */
    private static int[] levels(ByteBuffer data, int largest, int count) {
        data.order(ByteOrder.LITTLE_ENDIAN);
        int bytes = data.getInt();
        HybridRuns runs =
                new HybridRuns(
                        data.slice(data.position(), bytes),
                        Integer.SIZE - Integer.numberOfLeadingZeros(largest));
        int[] levels = new int[count];
        for (int i = 0; i < count; ) {
            int end = Math.min(count, i + runs.nextRun());
            Arrays.fill(levels, i, end, runs.value());
            i = end;
        }
        data.position(data.position() + bytes);
        return levels;
    }

    TextDictionary dictionary(StoreRanges ranges) throws IOException {
        TextDictionary known = dictionary;
        if (known == null) {
            try {
                known =
                        PageBytes.dictionary(
                                ranges.slice(pages.dictionaryOffset(), pages.dictionaryBytes()));
            } catch (IOException | RuntimeException e) {
                throw corrupt("dictionary", e);
            }
            dictionary = known;
        }
        return known;
    }

    private boolean isKnown(int page) {
        return pages.isNull(page) || (pages.hasDictionary() && pages.constant(page) != null);
    }

    private ByteBuffer data(int page, StoreRanges ranges, Encoding encoding) throws IOException {
        return PageBytes.data(
                ranges.slice(pages.offset(page), pages.bytes(page)), pages.values(page), encoding);
    }

    private void forEachPage(long first, long end, PageVisitor visitor) throws IOException {
        for (int page = pages.pageOf(first); page <= pages.pageOf(end - 1); page++) {
            try {
                visitor.visit(
                        page,
                        Math.max(first, pages.firstRow(page)),
                        Math.min(end, pages.endRow(page)));
            } catch (CorruptUrlFileException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                throw corrupt("page %d at byte %d".formatted(page, pages.offset(page)), e);
            }
        }
    }

    /** What is wrong in memory may be whole in the store: it is not read from memory again. */
    CorruptUrlFileException corrupt(String part, Exception cause) {
        file.forget();
        return new CorruptUrlFileException(
                file.key(), "column %s, %s: %s".formatted(pages.column(), part, cause), cause);
    }

    static Map<String, String> map(List<String> keys, List<String> values) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            map.put(keys.get(i), values.get(i));
        }
        return Collections.unmodifiableMap(map);
    }

    /** An entry of the dictionary and the rows of its run. */
    interface RunVisitor {
        void visit(int entry, long first, long end) throws IOException;
    }

    private interface PageVisitor {
        void visit(int page, long first, long end) throws IOException;
    }
}
