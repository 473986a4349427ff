package dev.whence.url;

/**
 * What a canonical form depends on: the number of the rules, which grows whenever the same input
 * would give another URL or domain, and the date of the Public Suffix List.
 */
public record UrlProfile(int number, String suffixListDate) {

    /** The profile of this code. */
    public static UrlProfile current() {
        return new UrlProfile(1, PublicSuffixes.bundled().date());
    }
}
