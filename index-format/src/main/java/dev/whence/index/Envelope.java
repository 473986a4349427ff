package dev.whence.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.whence.url.UrlProfile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * What stands around the payload of every index file; little-endian throughout.
 *
 * <pre>
 * File   = Header Payload Footer
 * Header = Magic[8] Format[16] Version:u32 Profile:u32 SuffixListDate[12] BlockId[16] HeaderCrc:u32
 * Footer = PayloadBytes:u64 FooterMagic:u32 Crc:u32
 * </pre>
 *
 * <p>{@code HeaderCrc} is the CRC32C of the header before it, {@code Crc} that of the whole file
 * before it. Text is ASCII, padded with zeros. The header's layout is for ever: a damaged header is
 * told from a newer one by its checksum, before its version is believed.
 */
record Envelope(IndexFormat format, int version, UrlProfile profile, UUID blockId) {

    static final int HEADER_BYTES = 64;
    static final int FOOTER_BYTES = 16;

    /** The URL profiles whose domains this code can look up. */
    static final int OLDEST_PROFILE = 1;

    static final int NEWEST_PROFILE = 1;

    /** Not text, and a line feed, so that a transfer in text mode is noticed. */
    private static final byte[] MAGIC = {(byte) 0x89, 'W', 'H', 'E', 'N', 'C', 'E', '\n'};

    private static final int FOOTER_MAGIC = 0x444E4557;
    private static final int NAME_BYTES = 16;
    private static final int DATE_BYTES = 12;
    private static final int HEADER_CRC_AT = HEADER_BYTES - Integer.BYTES;
    private static final int CRC_CHUNK_BYTES = 1 << 20;

    /** The envelope of a file that is written now. */
    static Envelope of(IndexFormat format, UrlProfile profile, UUID blockId) {
        if (profile.number() < OLDEST_PROFILE || profile.number() > NEWEST_PROFILE) {
            throw new IllegalArgumentException(
                    "URL profile %d cannot be written: this code reads profiles %d to %d"
                            .formatted(profile.number(), OLDEST_PROFILE, NEWEST_PROFILE));
        }
        return new Envelope(format, format.version, profile, blockId);
    }

    byte[] header() {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC)
                .put(padded(format.fileName, NAME_BYTES))
                .putInt(version)
                .putInt(profile.number())
                .put(padded(profile.suffixListDate(), DATE_BYTES))
                .putLong(blockId.getMostSignificantBits())
                .putLong(blockId.getLeastSignificantBits());
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, HEADER_CRC_AT);
        return header.putInt((int) crc.getValue()).array();
    }

    /** The footer but for its checksum, which covers these bytes too. */
    static byte[] footerBeforeCrc(long payloadBytes) {
        return ByteBuffer.allocate(FOOTER_BYTES - Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(payloadBytes)
                .putInt(FOOTER_MAGIC)
                .array();
    }

    /** Reads and checks header, footer and lengths; no byte of the payload. */
    static Envelope read(MemorySegment file, IndexFormat format, String name)
            throws IndexFileException {
        if (file.byteSize() < HEADER_BYTES + FOOTER_BYTES) {
            throw new CorruptIndexFileException(
                    name, "too short for an envelope: %d bytes".formatted(file.byteSize()));
        }
        byte[] header = file.asSlice(0, HEADER_BYTES).toArray(ValueLayout.JAVA_BYTE);
        if (!Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new CorruptIndexFileException(name, "does not begin as an index file");
        }
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        CRC32C crc = new CRC32C();
        crc.update(header, 0, HEADER_CRC_AT);
        int expected = fields.getInt(HEADER_CRC_AT);
        if ((int) crc.getValue() != expected) {
            throw new CorruptIndexFileException(
                    name, mismatch("header", expected, (int) crc.getValue()));
        }
        fields.position(MAGIC.length);
        String found = text(fields, NAME_BYTES);
        if (!found.equals(format.fileName)) {
            throw new CorruptIndexFileException(
                    name, "expected format %s, found %s".formatted(format.fileName, found));
        }
        int version = fields.getInt();
        int profile = fields.getInt();
        checkRange(name, "format version", version, format.oldestVersion, format.version);
        checkRange(name, "URL profile", profile, OLDEST_PROFILE, NEWEST_PROFILE);
        String date = text(fields, DATE_BYTES);
        UUID blockId = new UUID(fields.getLong(), fields.getLong());
        checkFooter(file, name);
        return new Envelope(format, version, new UrlProfile(profile, date), blockId);
    }

    /** Reads the whole file and compares its checksum. */
    static void checkContent(MemorySegment file, String name) throws CorruptIndexFileException {
        long end = file.byteSize() - Integer.BYTES;
        CRC32C crc = new CRC32C();
        for (long at = 0; at < end; at += CRC_CHUNK_BYTES) {
            long length = Math.min(CRC_CHUNK_BYTES, end - at);
            crc.update(file.asSlice(at, length).asByteBuffer());
        }
        int expected = file.get(LittleEndian.INT, end);
        if ((int) crc.getValue() != expected) {
            throw new CorruptIndexFileException(
                    name, mismatch("file", expected, (int) crc.getValue()));
        }
    }

    static String mismatch(String what, int expected, int found) {
        return "%s checksum: expected %08x, found %08x; the file must be fetched again or rebuilt"
                .formatted(what, expected, found);
    }

    private static void checkFooter(MemorySegment file, String name)
            throws CorruptIndexFileException {
        long footer = file.byteSize() - FOOTER_BYTES;
        int magic = file.get(LittleEndian.INT, footer + Long.BYTES);
        if (magic != FOOTER_MAGIC) {
            throw new CorruptIndexFileException(
                    name, "does not end as an index file: cut short, or extended");
        }
        long payloadBytes = file.get(LittleEndian.LONG, footer);
        if (payloadBytes != footer - HEADER_BYTES) {
            throw new CorruptIndexFileException(
                    name,
                    "payload of %d bytes expected, found %d"
                            .formatted(payloadBytes, footer - HEADER_BYTES));
        }
    }

    private static void checkRange(String name, String what, int found, int oldest, int newest)
            throws IndexFileException {
        String problem =
                "%s %d; this code reads %d to %d"
                        .formatted(what, Integer.toUnsignedLong(found), oldest, newest);
        if (Integer.compareUnsigned(found, oldest) < 0) {
            throw new IndexFileTooOldException(name, problem);
        }
        if (Integer.compareUnsigned(found, newest) > 0) {
            throw new IndexFileTooNewException(name, problem);
        }
    }

    private static byte[] padded(String text, int bytes) {
        byte[] ascii = text.getBytes(US_ASCII);
        if (ascii.length > bytes) {
            throw new IllegalArgumentException(
                    "At most %d ASCII characters: %s".formatted(bytes, text));
        }
        return Arrays.copyOf(ascii, bytes);
    }

    private static String text(ByteBuffer fields, int bytes) {
        byte[] ascii = new byte[bytes];
        fields.get(ascii);
        int length = bytes;
        while (length > 0 && ascii[length - 1] == 0) {
            length--;
        }
        return new String(ascii, 0, length, US_ASCII);
    }
}
