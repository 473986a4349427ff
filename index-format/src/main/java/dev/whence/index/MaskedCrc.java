package dev.whence.index;

import java.util.zip.CRC32C;

/**
 * A CRC32C as it is stored inside the bytes that a further CRC32C covers. Stored plainly, it would
 * bring every file's checksum to one and the same value: the CRC of any bytes followed by their own
 * CRC is a constant. So it is turned and shifted by a constant, as in Snappy's framing format,
 * section 3.
 */
final class MaskedCrc {

    private static final int DELTA = 0xA282EAD8;

    private MaskedCrc() {}

    static int of(CRC32C crc) {
        return Integer.rotateRight((int) crc.getValue(), 15) + DELTA;
    }
}
