package dev.whence.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version in the project's own pom. */
public final class HouseVersion {
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>whence</artifactId>\\s*<version>([^<]+)</version>");

    private HouseVersion() {}

    public static String of() {
        try {
            Matcher found = VERSION.matcher(Files.readString(Kustomize.ROOT.resolve("pom.xml")));
            if (!found.find()) {
                throw new AssertionError("pom.xml says no version");
            }
            return found.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
