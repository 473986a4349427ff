package dev.whence.catalog;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The datasets of a version with their counts, by id: the file {@code datasets.json.zst} of a block
 * of its own. Each publish writes it whole, and most of it is the table before.
 *
 * @param format 1, 2 with waiting parts, 3 with queues, which an older reader would lose
 * @param waiting parts of sources whose other parts have not come yet, in the order in which they
 *     came; null for none
 * @param queues steps that wait, by dataset id (unsigned); null for none
 */
public record DatasetTable(
        int format,
        List<Row> rows,
        @Nullable List<WaitingPart> waiting,
        @Nullable List<DatasetQueue> queues) {
    public static final String FILE_NAME = "datasets.json.zst";

    /** So many bytes of JSON are read at most: five million datasets. */
    private static final int MOST_JSON_BYTES = 1 << 29;

    private static final int LEVEL = 3;

    private static final CatalogJson<DatasetTable> JSON = new CatalogJson<>(DatasetTable.class);

    /** A dataset that had a batch since it was last retracted; it may hold nothing. */
    public record Row(int datasetId, String name, long urlCount, long domainCount) {}

    public DatasetTable(List<Row> rows) {
        this(rows, List.of(), List.of());
    }

    public DatasetTable(List<Row> rows, List<WaitingPart> waiting, List<DatasetQueue> queues) {
        this(
                formatOf(waiting, queues),
                List.copyOf(rows),
                waiting.isEmpty() ? null : List.copyOf(waiting),
                queues.isEmpty() ? null : List.copyOf(queues));
    }

    private static int formatOf(List<WaitingPart> waiting, List<DatasetQueue> queues) {
        if (!queues.isEmpty()) {
            return CatalogJson.FORMAT_WITH_QUEUES;
        }
        return waiting.isEmpty() ? CatalogJson.FORMAT : CatalogJson.FORMAT_WITH_MERGES;
    }

    /** The parts that wait, in the order in which they came. */
    public List<WaitingPart> waitingParts() {
        return waiting == null ? List.of() : waiting;
    }

    /** The datasets that have steps waiting. */
    public List<DatasetQueue> queued() {
        return queues == null ? List.of() : queues;
    }

    /** The file's bytes: JSON in one zstd frame. */
    public byte[] encode() {
        return Zstd.compress(JSON.write(this), LEVEL);
    }

    /**
     * Reads a table back.
     *
     * @param key names the file in an error
     */
    public static DatasetTable decode(String key, byte[] file) throws IOException {
        try {
            long bytes = Zstd.getFrameContentSize(file);
            if (bytes < 0 || bytes > MOST_JSON_BYTES) {
                throw new CorruptCatalogException(
                        key, "expected a zstd frame that says its length, up to 512 MiB", null);
            }
            return JSON.read(key, Zstd.decompress(file, (int) bytes));
        } catch (ZstdException e) {
            throw new CorruptCatalogException(key, "not in zstd", e);
        }
    }
}
