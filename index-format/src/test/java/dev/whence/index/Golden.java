package dev.whence.index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Blocks that earlier versions of this code wrote; they stand as hex digits among the sources. */
final class Golden {
    private Golden() {}

    /** Makes the files of such a block in a directory below the given one. */
    static Path write(Path root, String block, String... names) throws IOException {
        Path directory = Files.createDirectories(root.resolve(block));
        for (String name : names) {
            try (var in = Golden.class.getResourceAsStream("%s/%s.hex".formatted(block, name))) {
                String digits =
                        new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                                .replaceAll("\\s", "");
                Files.write(directory.resolve(name), HexFormat.of().parseHex(digits));
            }
        }
        return directory;
    }
}
