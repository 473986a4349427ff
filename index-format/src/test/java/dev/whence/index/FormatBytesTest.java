package dev.whence.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
        writer.addFile(new LakeFile(9, 1, "k", 200, List.of(new RowGroupBounds(3, "a", "b.c"))));
        writer.removeFile(7, 1);
        writer.removeFile(8, 2);
        writer.write(block);
        assertThat(payload("members"))
                .startsWith(
                        ("ac02 05 02 0a 8001 01" // ordinal 300: 5 bytes of pairs
                                        + "01 07 ffffffff0f 8001" // the next: dataset 2^32 - 1
                                        + "2c01000000000000" // key 300
                                        + "1100000000000000") // end
                                .replace(" ", ""));
        String added = "01 03622e63 0d 09 01 03 0161 03622e63 c801 01 6b";
        assertThat(payload("files"))
                .startsWith(added.replace(" ", "") + "0000006101000000" + "1300000000000000")
                .contains("0701" + "0102" + "0700000000000000");
    }

    private String payload(String name) throws IOException {
        byte[] file = Files.readAllBytes(block.resolve(name));
        return HexFormat.of()
                .formatHex(file, Envelope.HEADER_BYTES, file.length - Envelope.FOOTER_BYTES);
    }
}
