package dev.whence.lake;

import dev.whence.parquet.FooterSeal;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;

/**
 * What makes a Parquet file of sorted URLs a URL file, for whoever writes its columns: encodings,
 * the bounds of pages, metadata and seal. Immutable.
 */
public final class UrlFileForm {
    /** Longer statistics are cut off; no registrable domain is as long. */
    static final int STATISTICS_BYTES = 256;

    /** Texts count as they are decoded, not as they are stored. */
    private static final int LARGEST_PAGE_BYTES = 1 << 20;

    static final int PAGE_CHECK_ROWS = 20;

    /** Of the bloom filter on {@code url_id}. */
    static final double FALSE_POSITIVES = 0.01;

    private static final String PROFILE_KEY = "whence.url-profile";
    private static final String SUFFIX_LIST_KEY = "whence.suffix-list";

    private final UrlFileOptions options;

    public UrlFileForm(UrlFileOptions options) {
        this.options = options;
    }

    /** How all columns are written, without a bloom filter. */
    ParquetProperties properties() {
        return builder().build();
    }

    /**
     * How a chunk of a column is written, compressed with ZSTD at the options' level.
     *
     * @param column its path, dots between the parts
     * @param rows of its row group
     */
    public ParquetProperties properties(String column, long rows) {
        ParquetProperties.Builder builder = builder();
        if (column.equals(UrlSchema.URL_ID)) {
            builder.withBloomFilterEnabled(column, true)
                    .withBloomFilterNDV(column, rows)
                    .withBloomFilterFPP(column, FALSE_POSITIVES);
        }
        return builder.build();
    }

    /** The most bytes that the distinct values of a column may have in one row group. */
    public static long largestDictionaryBytes(String column) {
        return switch (column) {
            case UrlSchema.DOMAIN, UrlSchema.HOST -> UrlFileEncoder.LARGEST_DICTIONARY_BYTES;
            default -> Long.MAX_VALUE;
        };
    }

    public UrlFileOptions options() {
        return options;
    }

    /** What the footer says in key-value pairs beside the seal. */
    public Map<String, String> keyValues() {
        UrlProfile profile = UrlProfile.current();
        return Map.of(
                PROFILE_KEY,
                Integer.toString(profile.number()),
                SUFFIX_LIST_KEY,
                profile.suffixListDate());
    }

    /** The rules for URLs that a footer names; one that names none is of profile 0: nobody's. */
    static UrlProfile profile(Map<String, String> keyValues) {
        return new UrlProfile(
                Integer.parseInt(keyValues.getOrDefault(PROFILE_KEY, "0")),
                keyValues.getOrDefault(SUFFIX_LIST_KEY, ""));
    }

    /** The places of the leaf columns that rows are sorted by, with {@code url_id} or without. */
    public static List<Integer> sortedBy(boolean urlIds) {
        return UrlSchema.sortedBy(UrlSchema.of(urlIds));
    }

    /**
     * The tail of a file, sealed.
     *
     * @param tail the file from the first page index (or before it) to the end
     * @param tailOffset where the tail begins in the file
     */
    public byte[] seal(byte[] tail, long tailOffset, boolean urlIds) throws IOException {
        return FooterSeal.seal(tail, tailOffset, sortedBy(urlIds));
    }

    private ParquetProperties.Builder builder() {
        return ParquetProperties.builder()
                .withWriterVersion(WriterVersion.PARQUET_1_0)
                .withValuesWriterFactory(new UrlValuesWriters())
                .withPageSize(LARGEST_PAGE_BYTES)
                .withPageRowCountLimit(options.pageRows())
                .withMinRowCountForPageSizeCheck(PAGE_CHECK_ROWS)
                .estimateRowCountForPageSizeCheck(false)
                .withColumnIndexTruncateLength(STATISTICS_BYTES)
                .withStatisticsTruncateLength(STATISTICS_BYTES)
                .withPageWriteChecksumEnabled(true);
    }
}
