package dev.whence.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.whence.access.AccessChain;
import dev.whence.access.AccessRules;
import dev.whence.access.AccessState;
import dev.whence.access.ApiKey;
import dev.whence.access.KeyRing;
import dev.whence.access.Nameless;
import dev.whence.access.Principal;
import dev.whence.access.RestrictedDataset;
import dev.whence.access.Takedown;
import dev.whence.cli.Run;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessCommandTest {
    @TempDir Path directory;

    @Test
    void saysThatThereAreNoRules() {
        assertThat(good("access", "show").out()).contains("no access rules");
        assertThat(good("access", "history").lines()).hasSize(1);
        assertThat(good("takedown", "list").lines()).hasSize(1);
    }

    @Test
    void givesAKeyOnceAndKeepsItsHash() throws Exception {
        good("access", "principal", "add", "lab", "--operator");
        Run added = good("access", "key", "add", "lab", "--by", "mary", "--reason", "for the lab");
        assertThat(added.lines()).hasSize(1);
        ApiKey key = ApiKey.parse(added.out().strip()).orElseThrow();
        assertThat(new KeyRing(state()).holder(key).map(Principal::operator)).contains(true);
        for (String[] command : new String[][] {{"access", "show"}, {"access", "history"}}) {
            assertThat(good(command).out()).contains(key.id()).doesNotContain(key.secretText());
        }
        good("access", "key", "revoke", key.id());
        assertThat(new KeyRing(state()).holder(key)).isEmpty();
        good("access", "principal", "remove", "lab");
        assertThat(state().principals()).isEmpty();
        List<String> history = good("access", "history").lines();
        assertThat(history).hasSize(5);
        assertThat(history.get(3)).contains("mary").contains("for the lab").contains("key add lab");
        assertThat(good("access", "history", "--limit", "1").lines()).hasSize(2);
    }

    @Test
    void restrictsAndReleases() throws Exception {
        good("access", "principal", "add", "lab");
        good("access", "principal", "add", "press");
        good("access", "restrict", "c4", "--to", "lab,press");
        assertThat(state().restricted())
                .containsExactly(new RestrictedDataset("c4", List.of("lab", "press")));
        assertThat(good("access", "show").out()).contains("c4").contains("lab, press");
        good("access", "restrict", "c4");
        assertThat(state().restricted()).containsExactly(new RestrictedDataset("c4", List.of()));
        good("access", "release", "c4");
        assertThat(state().restricted()).isEmpty();
        good("access", "nameless", "nothing");
        assertThat(state().nameless()).isEqualTo(Nameless.NOTHING);
    }

    @Test
    void takesDownAsOneChangeAndLifts() throws Exception {
        Path file = directory.resolve("list.txt");
        Files.writeString(
                file, "# case 9\n\ndomain b.example\nurl_prefix https://c.example/x/../y/\n");
        Run added =
                takedown(
                        "--domain", "A.example", "--host", "www.a.example:81", "--file", "" + file);
        assertThat(added.exitCode()).as(added.err()).isZero();
        assertThat(added.lines()).hasSize(5);
        assertThat(rules().number()).isEqualTo(1);
        assertThat(state().takedowns())
                .extracting(Takedown::value)
                .containsExactly("a.example", "www.a.example:81", "b.example", "c.example/y/");
        assertThat(state().takedowns()).allMatch(each -> each.by().equals("mary"));
        List<String> ids = state().takedowns().stream().map(Takedown::id).toList();
        assertThat(good("takedown", "list").out()).contains(ids).contains(" masked ");
        good("takedown", "lift", ids.get(0), ids.get(2), "--by", "mary", "--reason", "withdrawn");
        assertThat(state().takedowns())
                .extracting(Takedown::id)
                .containsExactly(ids.get(1), ids.get(3));
    }

    @Test
    void tellsProgramsTheSameInJson() throws Exception {
        JsonNode nothing = json("access", "show");
        assertThat(nothing.path("rules").asInt(-1)).isZero();
        assertThat(nothing.path("nameless").asText()).isEqualTo("unsaid");
        assertThat(json("access", "principal", "add", "lab", "--operator").path("change").asText())
                .isEqualTo("principal add lab (operator)");
        JsonNode key = json("access", "key", "add", "lab");
        ApiKey made = ApiKey.parse(key.path("key").asText()).orElseThrow();
        json("access", "restrict", "c4", "--to", "lab");
        JsonNode shown = json("access", "show");
        assertThat(shown.path("rules").asInt()).isEqualTo(3);
        assertThat(shown.at("/principals/0/keys/0/id").asText()).isEqualTo(made.id());
        assertThat(shown.at("/restricted/0/principals/0").asText()).isEqualTo("lab");
        JsonNode history = json("access", "history", "--limit", "2").path("history");
        assertThat(history.findValuesAsText("rules")).containsExactly("3", "2");
        assertThat(shown + "" + history).doesNotContain(made.secretText()).doesNotContain("sha256");

        JsonNode added =
                json(
                        "takedown",
                        "add",
                        "--domain",
                        "a.example",
                        "--by",
                        "mary",
                        "--reason",
                        "case 7");
        assertThat(added.path("rules").asInt()).isEqualTo(4);
        JsonNode listed = json("takedown", "list").path("takedowns");
        assertThat(listed).isEqualTo(added.path("takedowns")).hasSize(1);
        JsonNode takedown = listed.path(0);
        assertThat(takedown.path("state").asText()).isEqualTo("masked");
        assertThat(takedown.path("value").asText()).isEqualTo("a.example");
        assertThat(takedown.path("by").asText()).isEqualTo("mary");
        String id = takedown.path("id").asText();
        assertThat(
                        json("takedown", "lift", id, "--by", "mary", "--reason", "over")
                                .path("rules")
                                .asInt())
                .isEqualTo(5);
        assertThat(json("takedown", "list").path("takedowns")).isEmpty();
    }

    @Test
    void printsNothingThatATerminalObeys() throws Exception {
        String hostile = "mary\u202egnp.exe\u2066";
        good("access", "principal", "add", "lab", "--by", hostile, "--reason", hostile);
        good("takedown", "add", "--domain", "a.example", "--by", hostile, "--reason", hostile);
        for (String[] command :
                new String[][] {
                    {"access", "show"},
                    {"access", "history"},
                    {"access", "history", "--json"},
                    {"takedown", "list"},
                    {"takedown", "list", "--json"}
                }) {
            Run run = good(command);
            assertThat(run.out() + run.err())
                    .as(String.join(" ", command))
                    .contains("\\u202egnp.exe\\u2066")
                    .doesNotContain("\u202e")
                    .doesNotContain("\u2066");
        }
        JsonNode told = json("takedown", "list").at("/takedowns/0/by");
        assertThat(told.asText()).as("JSON means the same").isEqualTo(hostile);
    }

    @Test
    void sayingWhatStrangersSeeCannotBeTakenBack() throws Exception {
        good("access", "restrict", "c4");
        assertThat(state().nameless()).isEqualTo(Nameless.UNSAID);
        assertThat(good("access", "show").out()).contains("nobody has said");
        good("access", "nameless", "unrestricted");
        assertThat(run("access", "nameless", "unsaid").exitCode()).isEqualTo(1);
        assertThat(state().nameless()).isEqualTo(Nameless.UNRESTRICTED);
    }

    private JsonNode json(String... command) throws Exception {
        var all = new ArrayList<>(List.of(command));
        all.add("--json");
        Run run = good(all.toArray(String[]::new));
        assertThat(run.lines()).hasSize(1);
        return new JsonMapper().readTree(run.out());
    }

    @Test
    void whatIsWrongChangesNothing() throws Exception {
        Path bad = directory.resolve("bad.txt");
        Files.writeString(bad, "domain a.example\nhosts b.example\n");
        for (String[] wrong :
                new String[][] {
                    {"access", "principal", "add", "Lab One"},
                    {"access", "principal", "drop", "lab"},
                    {"access", "key", "add", "nobody"},
                    {"access", "key", "revoke", "0123456789"},
                    {"access", "restrict", "c4", "--to", "nobody"},
                    {"access", "release", "c4"},
                    {"access", "nameless", "all"},
                    {"access", "history", "--limit", "0"},
                    {"access", "principal", "add", "lab", "--reason", "two\nlines"},
                    {"takedown", "add", "--domain", "a.example", "--by", "mary"},
                    {"takedown", "add", "--domain", "a.example", "--reason", "x"},
                    {"takedown", "add", "--by", "mary", "--reason", "x"},
                    {"takedown", "add", "--domain", "www.a.example", "--by", "m", "--reason", "x"},
                    {"takedown", "lift", "no-such", "--by", "mary", "--reason", "x"}
                }) {
            Run run = run(wrong);
            assertThat(run.exitCode()).as("%s: %s", Arrays.toString(wrong), run.err()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
        }
        Run malformed = takedown("--file", bad.toString());
        assertThat(malformed.exitCode()).isEqualTo(4);
        assertThat(malformed.err()).contains("line 2");
        try (ObjectStore store = store()) {
            assertThat(new AccessChain(store).newest()).isEmpty();
        }
    }

    private Run takedown(String... what) {
        var all = new ArrayList<>(List.of("takedown", "add", "--by", "mary", "--reason", "asked"));
        all.addAll(List.of(what));
        return run(all.toArray(String[]::new));
    }

    private AccessState state() throws Exception {
        return rules().state();
    }

    private AccessRules rules() throws Exception {
        try (ObjectStore store = store()) {
            Optional<AccessRules> newest = new AccessChain(store).newest();
            return newest.orElseThrow();
        }
    }

    private ObjectStore store() {
        return ObjectStores.directory(directory.resolve("store"));
    }

    private Run good(String... command) {
        Run run = run(command);
        assertThat(run.exitCode()).as("%s: %s", Arrays.toString(command), run.err()).isZero();
        return run;
    }

    private Run run(String... command) {
        var all = new ArrayList<>(List.of(command));
        all.addAll(List.of("--store", directory.resolve("store").toUri().toString()));
        return Run.of(all.toArray(String[]::new));
    }
}
