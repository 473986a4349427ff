package dev.whence.benchmarks.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Runs the peers. Arguments: the contest's data, small data of the same kind to warm up on, a list
 * of what others made of the same changes (lines of change, contestant and a file that lists
 * Parquet files), a directory to work in, and the file for the results.
 */
public final class SparkMergePeers {
    private static final String KEY =
            "t.domain = s.domain AND t.host = s.host"
                    + " AND t.path_query = s.path_query AND t.scheme = s.scheme";

    /** Changes by the name of their source, and what is done about a source row. */
    private enum Change {
        UNIFORM_UPDATES("WHEN MATCHED THEN UPDATE SET *"),
        CLUSTERED_UPDATES("WHEN MATCHED THEN UPDATE SET *"),
        INSERTS("WHEN NOT MATCHED THEN INSERT *"),
        DELETES("WHEN MATCHED THEN DELETE");

        private final String clause;

        Change(String clause) {
            this.clause = clause;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final SparkSession spark;
    private final Path scratch;
    private final TaskBytes taskBytes = new TaskBytes();
    private final List<Peer> peers;

    private SparkMergePeers(SparkSession spark, Path scratch) {
        this.spark = spark;
        this.scratch = scratch;
        this.peers =
                List.of(
                        new DeltaPeer(false),
                        new DeltaPeer(true),
                        new IcebergPeer(false, Sessions.icebergCatalog(scratch)),
                        new IcebergPeer(true, Sessions.icebergCatalog(scratch)));
        spark.sparkContext().addSparkListener(taskBytes);
    }

    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        Path small = Path.of(arguments[1]);
        Path others = Path.of(arguments[2]);
        Path scratch = Path.of(arguments[3]);
        Path results = Path.of(arguments[4]);
        try (SparkSession spark = Sessions.start(scratch)) {
            var peers = new SparkMergePeers(spark, scratch);
            System.out.printf("  Spark %s: warm-up%n", spark.version());
            peers.merges(small);
            System.out.println("  Spark: the contest");
            var lines = new ArrayList<String>();
            for (PeerResult result : peers.merges(data)) {
                lines.add(result.line());
            }
            for (String other : Files.readAllLines(others)) {
                lines.add(peers.judge(other.split("\t", -1)).line());
            }
            Files.write(results, lines);
        }
    }

    private List<PeerResult> merges(Path data) throws IOException {
        var results = new ArrayList<PeerResult>();
        for (Change change : Change.values()) {
            for (Peer peer : peers) {
                Path directory = Files.createTempDirectory(scratch, "peer-");
                results.add(merge(data, change, peer, directory));
                Directories.delete(directory);
            }
        }
        return results;
    }

    private PeerResult merge(Path data, Change change, Peer peer, Path directory)
            throws IOException {
        Peer.Table table = peer.create(spark, data.resolve("base"), directory);
        long bytesBefore = Directories.bytes(table.directory());
        takeTaskBytes();
        long start = System.nanoTime();
        spark.sql(
                "MERGE INTO %s t USING parquet.`%s` s ON %s %s"
                        .formatted(
                                table.name(),
                                data.resolve(change.text() + ".parquet"),
                                KEY,
                                change.clause));
        double seconds = secondsSince(start);
        long read = takeTaskBytes();
        long written = Directories.bytes(table.directory()) - bytesBefore;
        return finish(change.text(), peer.name(), seconds, read, written, table.name());
    }

    private PeerResult judge(String[] other) throws IOException {
        List<String> files = Files.readAllLines(Path.of(other[2]));
        spark.read().parquet(files.toArray(String[]::new)).createOrReplaceTempView("other");
        return finish(other[0], other[1], 0, 0, 0, "other");
    }

    private PeerResult finish(
            String change, String name, double seconds, long read, long written, String table) {
        long start = System.nanoTime();
        spark.sql("SELECT count(*), count(DISTINCT domain) FROM " + table).collectAsList();
        double countSeconds = secondsSince(start);
        var result =
                new PeerResult(change, name, seconds, read, written, countSeconds, rows(table));
        System.out.printf(
                Locale.ROOT,
                "    %-20s %-32s %8.2f s, count %6.2f s%n",
                change,
                name,
                seconds,
                countSeconds);
        return result;
    }

    /** Forty bits of each hash, so that the sum of ten million and more stays a long. */
    private PeerResult.Rows rows(String table) {
        Row row =
                spark.sql(
                                """
                                SELECT count(*), sum(shiftright(h, 24)), bit_xor(h) FROM (
                                  SELECT xxhash64(domain, host, path_query, scheme, url_id, ts, status, digest) AS h
                                  FROM %s)
                                """
                                        .formatted(table))
                        .head();
        return new PeerResult.Rows(row.getLong(0), row.getLong(1), row.getLong(2));
    }

    /** Listeners hear of tasks a little later: wait until all that has happened was told. */
    private long takeTaskBytes() {
        try {
            spark.sparkContext().listenerBus().waitUntilEmpty();
        } catch (TimeoutException e) {
            throw new IllegalStateException("Spark's listeners lag behind", e);
        }
        return taskBytes.take();
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
