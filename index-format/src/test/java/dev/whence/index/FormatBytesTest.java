package dev.whence.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The payloads byte for byte, as {@code docs/format/} says: other programs may read them. */
class FormatBytesTest {

    @TempDir Path block;

    @Test
    void dictionaryOfTwoDomains() throws IOException {
        GenerationWriter.write(block, IndexFixture.PROFILE, 5, List.of("a.com", "a.org"));
        String domains = "04612e636f6d" + "226f7267";
        assertThat(payload("domains.dict"))
                .startsWith(
                        "00d28f2549" // no symbols, checksum
                                + domains
                                + "0000006d6f632e61" // key: "a.com" and three zeros, big-endian
                                + "0f00000000000000") // end
                .contains(
                        "0500000000000000"
                                + "0200000000000000"
                                + "0000000000000000" // facts
                                + "0100000000000000"); // blocks
    }

    @Test
    void filterAndPerfectHashOfOneDomain() throws IOException {
        GenerationWriter.write(
                block, IndexFixture.PROFILE, 5, List.of("a.com"), IndexFixture.EVERY_FILE);
        assertThat(payload("domains.filter"))
                .startsWith(
                        "0000000000000000" // seed
                                + "02000000" // four fingerprints in a segment
                                + "01000000" // one segment and two more
                                + "000000000000000000150000");
        assertThat(payload("domains.mphf"))
                .startsWith(
                        "0000000000000000" // seed
                                + "02000000" // slots
                                + "01000000" // buckets
                                + "00000000" // none left out
                                + "00" // pilot
                                + "a20000" // slot 0: block 0, fingerprint 51; slot 1 is free
                                + "00000000000000");
    }

    @Test
    void ordinalsOfARunAndAnother() throws IOException {
        Envelope envelope = Envelope.of(IndexFormat.ORDINALS, IndexFixture.PROFILE, new UUID(1, 2));
        OrdinalCodes codes = OrdinalCodes.of(3, List.of(new OrdinalRun(1, 2)));
        try (OrdinalsWriter writer = new OrdinalsWriter(block, envelope, codes)) {
            for (int ordinal : new int[] {1, 0, 2}) {
                writer.add(ordinal);
            }
            writer.finish();
        }
        assertThat(payload("ordinals"))
                .startsWith(
                        "010102" // one run of 2 behind a gap of 1
                                + "0000000000000000" // neither code before
                                + "0200000000000000" // only rank 1 is another
                                + "00".repeat(56)
                                + "00" // its ordinal
                                + "00000000000000"
                                + "01" // its rank
                                + "00000000000000");
    }

    @Test
    void symbolsAndEscapes() throws IOException {
        SuffixCode code =
                new SuffixCode(List.of("a".getBytes(US_ASCII), ".com".getBytes(US_ASCII)));
        Envelope envelope = Envelope.of(IndexFormat.DOMAINS, IndexFixture.PROFILE, new UUID(1, 2));
        try (DictionaryWriter writer = new DictionaryWriter(block, envelope, 0, code)) {
            writer.add("a.com".getBytes(US_ASCII));
            writer.add("ab.com".getBytes(US_ASCII));
            writer.finish(Set.of());
        }
        assertThat(payload("domains.dict"))
                .startsWith("02" + "0161" + "042e636f6d" + "c5b0d346" + "010001" + "12ff6201");
    }

    @Test
    void membersAndFilesOfASmallSegment() throws IOException {
        SegmentWriter writer = new SegmentWriter(IndexFixture.PROFILE);
        writer.change(300, 2, 5);
        writer.change(300, 130, -1);
        writer.change(301, -1, 64);
        writer.addFile(
                new LakeFile(9, 1, "k", 200, List.of(new RowGroupBounds(3, "a", "b.c"))),
                () -> new byte[] {0x74, 0x61, 0x69, 0x6c});
        writer.removeFile(7, 1);
        writer.removeFile(8, 2);
        writer.write(block);
        assertThat(payload("members"))
                .startsWith(
                        ("ac02 01 00 00" // from ordinal 300 two entries, side by side
                                        + "0e 07 82" // orders 14, 7 and 2; some changes below 0
                                        + "2a00d8ff0400e0ff0f00003800"
                                        + "2c01000000000000" // key 300
                                        + "1500000000000000") // end
                                .replace(" ", ""));
        String files = payload("files");
        assertThat(files)
                .startsWith("11" + "28b52ffd")
                .contains("0701" + "0102" + "0700000000000000")
                .contains(
                        "0200000000000000"
                                + "0100000000000000" // removals, tails
                                + "0100000000000000"); // blocks
        int end = files.indexOf("0000006101000000"); // key: dataset 1, "a" and three zeros
        byte[] zstd = HexFormat.of().parseHex(files.substring(2, end));
        String added = "00" + "01 01" + "0d 09 01 03 0161 03622e63 c801 01 6b";
        assertThat(Zstd.decompress(zstd, 0x11))
                .isEqualTo(HexFormat.of().parseHex(added.replace(" ", "")));
        assertThat(payload("tails"))
                .startsWith(
                        "7461696c"
                                + "0900000000000000" // key: file 9
                                + "0400000000000000") // end
                .hasSize(2 * (4 + 28 + 16));
    }

    @Test
    void readsFilesOfVersionOne() throws IOException {
        new SegmentWriter(IndexFixture.PROFILE).write(block);
        Files.delete(block.resolve("files"));
        UUID id;
        try (Arena arena = Arena.ofConfined()) {
            id = MappedFile.open(block, IndexFormat.MEMBERS, arena).envelope().blockId();
        }
        Envelope envelope = new Envelope(IndexFormat.FILES, 1, IndexFixture.PROFILE, id);
        try (EnvelopeWriter out = new EnvelopeWriter(block, envelope)) {
            BlockTreeWriter added = new BlockTreeWriter(out);
            added.block(
                    FilesWriter.key(1, DomainKey.of("a")),
                    block("01 03622e63 0d 09 01 03 0161 03622e63 c801 01 6b"));
            added.block(
                    FilesWriter.key(1, DomainKey.of("b")),
                    block("01 03622e63 0b 0a 01 02 0162 0162 c801 01 6c"));
            added.block(
                    FilesWriter.key(2, DomainKey.of("a")),
                    block("02 0161 0b 0b 01 04 0161 0161 c801 01 6d"));
            new BlockTreeWriter(out).finish(added.finish(3), 0);
            out.finish();
        }
        LakeFile one = new LakeFile(9, 1, "k", 200, List.of(new RowGroupBounds(3, "a", "b.c")));
        LakeFile two = new LakeFile(10, 1, "l", 200, List.of(new RowGroupBounds(2, "b", "b")));
        LakeFile three = new LakeFile(11, 2, "m", 200, List.of(new RowGroupBounds(4, "a", "a")));
        try (IndexSnapshot snapshot = IndexSnapshot.open(List.of(), List.of(block))) {
            assertThat(snapshot.check()).isEmpty();
            assertThat(snapshot.files()).containsExactly(one, two, three);
            assertThat(snapshot.files(1)).containsExactly(one, two);
            assertThat(snapshot.postings(1, "b"))
                    .extracting(Posting::file)
                    .containsExactly(one, two);
            assertThat(snapshot.postings(1, "b.a")).extracting(Posting::file).containsExactly(one);
            assertThat(snapshot.postings(1, "b.d")).isEmpty();
            assertThat(snapshot.postings(2, "a")).extracting(Posting::file).containsExactly(three);
            assertThat(snapshot.postings(3, "a")).isEmpty();
        }
    }

    private static BlockBuffer block(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        BlockBuffer block = new BlockBuffer();
        block.put(bytes, 0, bytes.length);
        return block;
    }

    @Test
    void datasetsOfASmallSegment() throws IOException {
        SegmentWriter writer = new SegmentWriter(IndexFixture.PROFILE);
        writer.gain(300, 2);
        writer.gain((1 << 22) + 7, 2);
        writer.lose(5, 130);
        writer.write(block);
        assertThat(payload("datasets.roar"))
                .startsWith(
                        ("02 00 12 00" // dataset 2, slice 0: 18 bytes gained
                                        + "3a300000 01000000 0000 0000 10000000 2c01"
                                        + "00 01 12 00" // slice 1
                                        + "3a300000 01000000 4000 0000 10000000 0700"
                                        + "8001 00 00 12" // dataset 130: 18 bytes lost
                                        + "3a300000 01000000 0000 0000 10000000 0500"
                                        + "0000000002000000" // key: dataset 2, slice 0
                                        + "4300000000000000") // end
                                .replace(" ", ""))
                .contains(
                        "0300000000000000"
                                + "0200000000000000"
                                + "0100000000000000" // facts
                                + "0100000000000000"); // blocks
    }

    @Test
    void readsMembersOfVersionOne() throws IOException {
        new SegmentWriter(IndexFixture.PROFILE).write(block);
        Files.delete(block.resolve("members"));
        UUID id;
        try (Arena arena = Arena.ofConfined()) {
            id = MappedFile.open(block, IndexFormat.FILES, arena).envelope().blockId();
        }
        Envelope envelope = new Envelope(IndexFormat.MEMBERS, 1, IndexFixture.PROFILE, id);
        BlockBuffer entries = new BlockBuffer();
        byte[] golden =
                HexFormat.of()
                        .parseHex(
                                ("ac02 05 02 0a 8001 01" // ordinal 300: 5 bytes of pairs
                                                + "01 07 ffffffff0f 8001") // dataset 2^32 - 1
                                        .replace(" ", ""));
        entries.put(golden, 0, golden.length);
        try (EnvelopeWriter out = new EnvelopeWriter(block, envelope)) {
            BlockTreeWriter tree = new BlockTreeWriter(out);
            tree.block(300, entries);
            tree.finish(2, 3);
            out.finish();
        }
        try (Arena arena = Arena.ofConfined()) {
            Members members = Segment.open(block, arena).members();
            DatasetSums sums = new DatasetSums();
            members.addTo(sums, 300);
            assertThat(sums.counts()).containsExactly(new DatasetCount(2, 5));
            assertThat(sums.of(130)).isEqualTo(-1);
            sums = new DatasetSums();
            members.addTo(sums, 301);
            assertThat(sums.counts()).containsExactly(new DatasetCount(-1, 64));
            Members.Cursor cursor = members.cursor();
            assertThat(cursor.next() && cursor.next() && cursor.next()).isTrue();
            assertThat(cursor.pair()).isEqualTo(Pair.of(301, -1));
            assertThat(cursor.next()).isFalse();
        }
    }

    private String payload(String name) throws IOException {
        byte[] file = Files.readAllBytes(block.resolve(name));
        return HexFormat.of()
                .formatHex(file, Envelope.HEADER_BYTES, file.length - Envelope.FOOTER_BYTES);
    }
}
