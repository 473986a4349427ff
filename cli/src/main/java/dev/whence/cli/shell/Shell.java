package dev.whence.cli.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine;

/** A shell, and what makes it complete the words of the command. */
public enum Shell {
    BASH {
        @Override
        public String completion(CommandLine root) throws IOException {
            return AutoComplete.bash(root.getCommandName(), root) + datasets();
        }
    },

    /** Understands what is written for bash, by its {@code bashcompinit}. */
    ZSH {
        @Override
        public String completion(CommandLine root) throws IOException {
            return BASH.completion(root);
        }
    },

    FISH {
        @Override
        public String completion(CommandLine root) {
            return new FishCompletion(root).script();
        }
    };

    private static final String DATASETS = "datasets.bash";

    /** The script that a shell reads. */
    public abstract String completion(CommandLine root) throws IOException;

    /** As the command line has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String datasets() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(Shell.class.getResourceAsStream(DATASETS), DATASETS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
