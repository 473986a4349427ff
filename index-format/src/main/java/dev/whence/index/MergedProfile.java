package dev.whence.index;

import dev.whence.url.UrlProfile;
import java.util.List;

/** The profile that a merged block carries. */
final class MergedProfile {

    private MergedProfile() {}

    /**
     * The one profile number of all the files, with the oldest of their suffix lists' dates: what a
     * reader can rely on for every domain in the block.
     *
     * @throws IllegalArgumentException if the numbers differ: such domains must be built anew
     */
    static UrlProfile of(List<MappedFile> files) {
        UrlProfile merged = files.getFirst().envelope().profile();
        for (MappedFile file : files) {
            UrlProfile profile = file.envelope().profile();
            if (profile.number() != merged.number()) {
                throw new IllegalArgumentException(
                        "%s has URL profile %d, not %d: rebuild it before it is merged"
                                .formatted(file.name(), profile.number(), merged.number()));
            }
            if (profile.suffixListDate().compareTo(merged.suffixListDate()) < 0) {
                merged = profile;
            }
        }
        return merged;
    }
}
