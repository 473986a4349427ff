package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvelopeTest {
    private static final UUID BLOCK_ID = new UUID(0x0102030405060708L, 0x090A0B0C0D0E0F10L);

    @TempDir Path directory;

    @Test
    void writesTheBytesThatTheFormatPromises() throws IOException {
        BlockFile file = write(envelope(1, 1));
        byte[] bytes = Files.readAllBytes(directory.resolve("members"));
        String header =
                "895748454e43450a" // magic
                        + "6d656d62657273000000000000000000" // "members"
                        + "01000000" // format version
                        + "01000000" // URL profile
                        + "323032362d31312d30310000" // "2026-11-01"
                        + "0807060504030201100f0e0d0c0b0a09"; // block id
        assertThat(HexFormat.of().formatHex(bytes, 0, 60)).isEqualTo(header);
        assertThat(HexFormat.of().formatHex(bytes, 64, 79))
                .isEqualTo("010203" + "0300000000000000" + "57454e44");
        assertThat(file.bytes()).isEqualTo(bytes.length).isEqualTo(83);
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        assertThat(file.crc32c()).isEqualTo((int) crc.getValue());
        assertThat(read(bytes)).isEqualTo(envelope(1, 1));
    }

    @Test
    void tellsTooOldFromTooNewFromCorrupt() throws IOException {
        assertThatThrownBy(() -> roundTrip(envelope(0, 1)))
                .isInstanceOf(IndexFileTooOldException.class)
                .hasMessageContaining("format version 0; this code reads 1 to 2");
        assertThatThrownBy(() -> roundTrip(envelope(3, 1)))
                .isInstanceOf(IndexFileTooNewException.class)
                .hasMessageContaining("format version 3");
        assertThatThrownBy(() -> roundTrip(envelope(-1, 1)))
                .isInstanceOf(IndexFileTooNewException.class)
                .hasMessageContaining("format version 4294967295");
        assertThatThrownBy(() -> roundTrip(envelope(1, 0)))
                .isInstanceOf(IndexFileTooOldException.class)
                .hasMessageContaining("URL profile 0");
        assertThatThrownBy(() -> roundTrip(envelope(1, 2)))
                .isInstanceOf(IndexFileTooNewException.class)
                .hasMessageContaining("URL profile 2");
        write(envelope(1, 1));
        byte[] bytes = Files.readAllBytes(directory.resolve("members"));
        bytes[24] = 2;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(CorruptIndexFileException.class)
                .hasMessageContaining("header checksum");
    }

    @Test
    void refusesAnotherFormatsFile() throws IOException {
        write(envelope(1, 1));
        MemorySegment file =
                MemorySegment.ofArray(Files.readAllBytes(directory.resolve("members")));
        assertThatThrownBy(() -> Envelope.read(file, IndexFormat.FILES, "here"))
                .isInstanceOf(CorruptIndexFileException.class)
                .hasMessageContaining("expected format files, found members");
    }

    @Test
    void refusesToWriteAProfileThatItCannotRead() {
        assertThatThrownBy(() ->
                        Envelope.of(IndexFormat.FILES, new UrlProfile(99, "2026-11-01"), BLOCK_ID))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("99");
    }

    @Test
    void neverOverwritesAndLeavesNoUnfinishedFile() throws IOException {
        write(envelope(1, 1));
        assertThatThrownBy(() -> write(envelope(1, 1)))
                .isInstanceOf(FileAlreadyExistsException.class);
        Files.delete(directory.resolve("members"));
        try (EnvelopeWriter out = new EnvelopeWriter(directory, envelope(1, 1))) {
            out.put(new byte[100_000]);
        }
        assertThat(directory).isEmptyDirectory();
    }

    private static Envelope envelope(int version, int profile) {
        return new Envelope(
                IndexFormat.MEMBERS, version, new UrlProfile(profile, "2026-11-01"), BLOCK_ID);
    }

    private BlockFile write(Envelope envelope) throws IOException {
        try (EnvelopeWriter out = new EnvelopeWriter(directory, envelope)) {
            out.put(new byte[] {1, 2, 3});
            return out.finish();
        }
    }

    private void roundTrip(Envelope envelope) throws IOException {
        write(envelope);
        byte[] bytes = Files.readAllBytes(directory.resolve("members"));
        Files.delete(directory.resolve("members"));
        read(bytes);
    }

    private static Envelope read(byte[] bytes) throws IndexFileException {
        return Envelope.read(MemorySegment.ofArray(bytes), IndexFormat.MEMBERS, "here");
    }
}
