package dev.whence.url;

import com.ibm.icu.text.IDNA;
import crawlercommons.domains.EffectiveTldFinder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a Public Suffix List into a {@link PublicSuffixes}. The text is the one in the
 * crawler-commons jar, unchanged; its date is that of the list's own {@code VERSION} line.
 */
final class SuffixListReader {
    private static final String BUNDLED = "/effective_tld_names.dat";
    private static final String VERSION = "// VERSION: ";

    private final IDNA uts46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII);
    private final List<String> labels = new ArrayList<>(List.of(""));
    private final List<Integer> parents = new ArrayList<>(List.of(PublicSuffixes.ROOT));
    private final List<Integer> kinds = new ArrayList<>();
    private final List<Map<String, Integer>> children = new ArrayList<>(List.of(new HashMap<>()));
    private @Nullable String date;

    private SuffixListReader() {
        // The default rule "*": a top-level domain that no rule names is a public suffix.
        kinds.add(PublicSuffixes.WILDCARD);
    }

    static PublicSuffixes readBundled() {
        try (InputStream in = EffectiveTldFinder.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException(
                        "no Public Suffix List "
                                + BUNDLED
                                + " beside crawler-commons: its jar must be on the class path");
            }
            return read(
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), BUNDLED);
        } catch (IOException e) {
            throw new UncheckedIOException("the Public Suffix List " + BUNDLED, e);
        }
    }

    /**
     * @param name what errors call the list
     * @throws IllegalStateException if it holds no version line, or a rule of an unknown kind
     */
    static PublicSuffixes read(BufferedReader lines, String name) throws IOException {
        SuffixListReader reader = new SuffixListReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(VERSION)) {
                reader.date = line.substring(VERSION.length(), VERSION.length() + 10);
            } else if (!line.startsWith("//") && !line.isBlank()) {
                reader.add(line.strip().split("\\s", 2)[0]);
            }
        }
        if (reader.date == null) {
            throw new IllegalStateException(
                    "the Public Suffix List " + name + " has no line \"" + VERSION + "\"");
        }
        return reader.build(reader.date);
    }

    private void add(String rule) {
        int kind = PublicSuffixes.RULE;
        String name = rule;
        if (rule.startsWith("*.")) {
            kind = PublicSuffixes.WILDCARD;
            name = rule.substring(2);
        } else if (rule.startsWith("!")) {
            kind = PublicSuffixes.EXCEPTION;
            name = rule.substring(1);
        }
        if (name.contains("*")) {
            throw new IllegalStateException(
                    "the rule \"" + rule + "\" has a wildcard that is not its first label");
        }
        String[] path = toAscii(name).split("\\.", -1);
        int node = PublicSuffixes.ROOT;
        for (int i = path.length - 1; i >= 0; i--) {
            node = child(node, path[i]);
        }
        kinds.set(node, kinds.get(node) | kind);
    }

    private String toAscii(String name) {
        IDNA.Info info = new IDNA.Info();
        String ascii = uts46.nameToASCII(name, new StringBuilder(), info).toString();
        if (info.hasErrors()) {
            throw new IllegalStateException("the rule \"" + name + "\" is not a domain name");
        }
        return ascii.toLowerCase(Locale.ROOT);
    }

    private int child(int parent, String label) {
        Integer known = children.get(parent).get(label);
        if (known != null) {
            return known;
        }
        int node = labels.size();
        labels.add(label);
        parents.add(parent);
        kinds.add(0);
        children.add(new HashMap<>());
        children.get(parent).put(label, node);
        kinds.set(parent, kinds.get(parent) | PublicSuffixes.BRANCH);
        return node;
    }

    private PublicSuffixes build(String listDate) {
        int nodes = labels.size();
        int[] labelStarts = new int[nodes + 1];
        byte[] text = String.join("", labels).getBytes(StandardCharsets.US_ASCII);
        byte[] kindOf = new byte[nodes];
        // At most half full, so that a look into the table ends soon.
        int[] slots = new int[Integer.highestOneBit(nodes) * 4];
        for (int node = 0; node < nodes; node++) {
            labelStarts[node + 1] = labelStarts[node] + labels.get(node).length();
            kindOf[node] = kinds.get(node).byteValue();
            if (node != PublicSuffixes.ROOT) {
                insert(slots, node, text, labelStarts[node], labelStarts[node + 1]);
            }
        }
        int[] parentOf = parents.stream().mapToInt(Integer::intValue).toArray();
        return new PublicSuffixes(listDate, slots, parentOf, kindOf, labelStarts, text);
    }

    private void insert(int[] slots, int node, byte[] text, int from, int to) {
        int hash = PublicSuffixes.seed(parents.get(node));
        for (int i = to - 1; i >= from; i--) {
            hash = PublicSuffixes.mix(hash, text[i]);
        }
        int mask = slots.length - 1;
        int slot = PublicSuffixes.slot(hash, mask);
        while (slots[slot] != PublicSuffixes.ROOT) {
            slot = slot + 1 & mask;
        }
        slots[slot] = node;
    }
}
