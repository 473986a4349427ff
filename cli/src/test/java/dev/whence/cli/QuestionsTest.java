package dev.whence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.cli.place.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class QuestionsTest {
    private static final String DATASETS =
            """
            {"version": 7, "datasets": [
              {"dataset_id": 0, "name": "c4", "url_count": 365000000, "domain_count": 15600000, "share": 0.99, "last_ingest_at": "2026-11-21T07:45:38Z"},
              {"dataset_id": 1, "name": "7", "url_count": 3, "domain_count": 1, "share": 0.001, "last_ingest_at": null},
              {"dataset_id": 7, "name": "news", "url_count": 12, "domain_count": 2, "share": 0.009, "last_ingest_at": null}]}\
            """;

    private CannedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new CannedServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void printsTheDatasetsOfADomain() {
        server.answer(
                "/v1/domain/b%C3%BCcher.example",
                """
                {"domain": "xn--bcher-kva.example", "domain_id": "00ff00ff00ff00ff", "version": 7, "datasets": [
                  {"dataset_id": 0, "name": "c4", "url_count": 1523},
                  {"dataset_id": 7, "name": "news", "url_count": 2}]}\
                """);
        Run run = ask("domain", "bücher.example");
        assertThat(run.lines())
                .containsExactly(" URLS  ID  DATASET", "1,523  0   c4", "    2  7   news");
        assertThat(run.exitCode()).isZero();
        assertThat(ask("domain", "bücher.example", "--json").out())
                .startsWith("{\"domain\":\"xn--bcher-kva.example\"");
    }

    @Test
    void saysThatNoDatasetHoldsADomain() {
        server.answer("/v1/domain/a.example", "{\"domain\": \"a.example\", \"datasets\": []}");
        assertThat(ask("domain", "a.example", "--json").exitCode())
                .isEqualTo(ExitCode.NOT_FOUND.code());
        Run run = ask("domain", "a.example");
        assertThat(run).isEqualTo(new Run(6, "", "no dataset holds a.example\n"));
    }

    @Test
    void takesTheHostOutOfAPastedUrl() {
        server.answer(
                        "/v1/domain/en.wikipedia.org",
                        "{\"domain\": \"wikipedia.org\", \"datasets\": []}")
                .answer("/v1/domain/%5B%3A%3A1%5D", "{\"domain\": \"[::1]\", \"datasets\": []}")
                .answer("/v1/datasets", DATASETS)
                .answer(
                        "/v1/domain/en.wikipedia.org/datasets/0/urls?limit=1000",
                        "{\"items\": [{\"url\": \"https://en.wikipedia.org/wiki/X\"}], \"next_cursor\": null}");
        for (String url :
                new String[] {
                    "https://en.wikipedia.org/wiki/X",
                    "http://me@EN.wikipedia.org:8080/?a=b#c",
                    "//en.wikipedia.org/",
                    "en.wikipedia.org/wiki/X",
                    " en.wikipedia.org "
                }) {
            assertThat(ask("domain", url).err())
                    .as(url)
                    .isEqualTo("no dataset holds wikipedia.org\n");
        }
        assertThat(ask("domain", "http://[::1]:80/").err()).isEqualTo("no dataset holds [::1]\n");
        assertThat(ask("urls", "https://en.wikipedia.org/wiki/X", "c4").lines())
                .containsExactly("https://en.wikipedia.org/wiki/X");
    }

    @Test
    void saysWhatIsWrongWithADomain() {
        for (String wrong : new String[] {"", " ", "..", ".", "a b", "http://", "mailto:a@b/c"}) {
            for (String[] question : new String[][] {{"domain", wrong}, {"urls", wrong, "c4"}}) {
                Run run = ask(question);
                assertThat(run.exitCode()).as(wrong).isEqualTo(ExitCode.USAGE.code());
                assertThat(run.err()).contains("'" + wrong + "' is no domain, host or URL: ");
            }
        }
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void saysThatADatasetHoldsNoUrlOfADomain() {
        server.answer("/v1/datasets", DATASETS)
                .answer(
                        "/v1/domain/nosuch.example/datasets/0/urls?limit=1000",
                        "{\"items\": [], \"total\": 0, \"next_cursor\": null}");
        assertThat(ask("urls", "nosuch.example", "c4"))
                .isEqualTo(new Run(6, "", "c4 holds no such URL of nosuch.example\n"));
    }

    @Test
    void saysThatAnAddressIsNotWherePathsBegin() {
        server.answer(
                "/v1/v1/datasets",
                404,
                "{\"type\": \"urn:whence:problem:unknown-path\", \"detail\": \"See /openapi for what there is.\"}");
        Run run = Run.of("datasets", "--server", server.url() + "/v1");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(run.err())
                .contains("nothing at " + server.url() + "/v1/v1/datasets")
                .contains("expected http://HOST:PORT")
                .doesNotContain("openapi");
    }

    @Test
    void printsAllDatasets() {
        server.answer("/v1/datasets", DATASETS);
        assertThat(ask("datasets").lines())
                .containsExactly(
                        "       URLS     DOMAINS  SHARE   LAST INGEST           ID  DATASET",
                        "365,000,000  15,600,000   99.0%  2026-11-21T07:45:38Z  0   c4",
                        "          3           1    0.1%                        1   7",
                        "         12           2    0.9%                        7   news");
        assertThat(ask("datasets", "--names").lines()).containsExactly("c4", "7", "news");
    }

    @Test
    void printsTheLargestDomainsOfADataset() {
        server.answer("/v1/datasets", DATASETS)
                .answer(
                        "/v1/datasets/7/domains?limit=2",
                        """
                        {"dataset_id": 7, "name": "news", "version": 7, "domains": [
                          {"domain": "a.example", "url_count": 11}, {"domain": "b.example", "url_count": 1}]}\
                        """);
        assertThat(ask("datasets", "news", "--limit", "2").lines())
                .containsExactly("URLS  DOMAIN", "  11  a.example", "   1  b.example");
        assertThat(ask("datasets", "news", "--limit", "1001").exitCode())
                .isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void printsTheDatasetsOfAUrl() {
        server.answer(
                        "/v1/urls?url=https%3A%2F%2Fa.example%2F%3Fa%3Db%26c%20d&version=7",
                        "{\"url\": \"https://a.example/?a=b\", \"version\": 7, \"datasets\": [{\"dataset_id\": 0, \"name\": \"c4\", \"row_count\": 1}]}")
                .answer(
                        "/v1/urls?url=b.example",
                        "{\"url\": \"http://b.example/\", \"datasets\": []}");
        assertThat(ask("url", "https://a.example/?a=b&c d", "--version", "7").lines())
                .containsExactly("ROWS  ID  DATASET", "   1  0   c4");
        assertThat(ask("url", "b.example"))
                .isEqualTo(new Run(6, "", "no dataset holds http://b.example/\n"));
        assertThat(ask("url", " ").exitCode()).isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void comparesDatasets() {
        server.answer("/v1/datasets", DATASETS)
                .answer(
                        "/v1/sets",
                        """
                        {"count": 81000, "domains": [], "next_cursor": null, "version": 7,
                         "overlap": {"dataset_ids": [0, 7], "domain_counts": [[15600000, 81002], [81002, 92000]]}}\
                        """);
        Run run = ask("compare", "c4", "news", "--not", "7");
        assertThat(run.lines())
                .containsExactly(
                        "#          ∩1      ∩2  DATASET",
                        "1  15,600,000  81,002  c4",
                        "2      81,002  92,000  news",
                        "",
                        "81,000 domains in c4 and news, not in 7");
        assertThat(server.requests().getLast().body())
                .isEqualTo("{\"all_of\":[0,7],\"none_of\":[1],\"limit\":0,\"overlap\":[0,7]}");
        assertThat(ask("compare", "c4", "none").err()).contains("there is no dataset 'none'");
    }

    @Test
    void pagesThroughTheSharedDomains() {
        server.answer("/v1/datasets?version=6", DATASETS)
                .answer(
                        "/v1/sets?version=6",
                        "{\"count\": 2, \"domains\": [{\"domain\": \"a.example\"}], \"next_cursor\": \"x\", \"version\": 6}")
                .answer(
                        "/v1/sets",
                        "{\"count\": 2, \"domains\": [{\"domain\": \"b.example\"}], \"next_cursor\": null, \"version\": 6}");
        String[] question = {
            "compare", "c4", "news", "--prefix", "e", "--domains", "--all", "--version", "6"
        };
        assertThat(ask(question)).isEqualTo(new Run(0, "a.example\nb.example\n", ""));
        assertThat(server.requests().getLast().body())
                .isEqualTo(
                        "{\"all_of\":[0,7],\"none_of\":[],\"prefix\":\"e\",\"limit\":10000,\"cursor\":\"x\"}");
    }

    @Test
    void doesNotGoRoundForEver() {
        server.answer("/v1/datasets", DATASETS)
                .answer(
                        "/v1/sets",
                        "{\"count\": 2, \"domains\": [], \"next_cursor\": \"x\", \"version\": 6}");
        Run run = ask("compare", "c4", "--domains", "--all");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(run.err()).contains("would never end");
    }

    @Test
    void asksWithTheFiltersAndTheVersionThatWereSaid() {
        server.answer("/v1/datasets?version=3", DATASETS)
                .answer(
                        "/v1/domain/a.example/datasets/0/urls?limit=5&host=www.a.example&path_prefix=%2Fb%20c&from=2024-06-14&version=3",
                        "{\"items\": [{\"url\": \"https://www.a.example/b%20c\"}], \"total\": null, \"next_cursor\": \"y\"}")
                .answer(
                        "/v1/domain/a.example/datasets/0/urls?limit=4&host=www.a.example&path_prefix=%2Fb%20c&from=2024-06-14&cursor=y",
                        "{\"items\": [], \"total\": null, \"next_cursor\": null}");
        String[] question = {
            "urls",
            "a.example",
            "c4",
            "--host",
            "www.a.example",
            "--path-prefix",
            "/b c",
            "--from",
            "2024-06-14",
            "--limit",
            "5",
            "--version",
            "3"
        };
        assertThat(ask(question)).isEqualTo(new Run(0, "https://www.a.example/b%20c\n", ""));
    }

    @Test
    void letsNoTextOfOthersReachATerminal() {
        String hostile = "\\u001b]0;owned\\u0007\\u009b2J\\u202egnp.exe\\ud800";
        server.answer(
                        "/v1/datasets",
                        "{\"datasets\": [{\"dataset_id\": 0, \"name\": \"c4\"}, {\"dataset_id\": 1, \"name\": \"%s\"}]}"
                                .formatted(hostile))
                .answer(
                        "/v1/domain/a.example/datasets/0/urls?limit=1000",
                        "{\"items\": [{\"url\": \"http://a.example/%s\"}], \"total\": 1, \"next_cursor\": null}"
                                .formatted(hostile))
                .answer("/v1/domain/b.example", 400, "{\"detail\": \"%s\"}".formatted(hostile));
        assertThat(ask("urls", "a.example", "c4").out())
                .isEqualTo("http://a.example/" + hostile + "\n");
        assertThat(ask("urls", "a.example", "c4", "--json").out())
                // Who writes JSON has large digits in some escapes.
                .isEqualToIgnoringCase("{\"url\":\"http://a.example/" + hostile + "\"}\n");
        assertThat(ask("datasets").out()).contains(hostile);
        assertThat(ask("datasets", "--names").lines()).containsExactly("c4", hostile);
        assertThat(ask("domain", "b.example").err()).isEqualTo("whence: " + hostile + "\n");
    }

    @Test
    void printsUrlsPageByPage() {
        server.answer("/v1/datasets", DATASETS)
                .answer(
                        "/v1/domain/a.example/datasets/0/urls?limit=10000",
                        "{\"items\": [{\"url\": \"https://a.example/1\"}], \"total\": 2, \"next_cursor\": \"x=/\"}")
                .answer(
                        "/v1/domain/a.example/datasets/0/urls?limit=10000&cursor=x%3D%2F",
                        "{\"items\": [{\"url_id\": \"ab\", \"url\": \"https://a.example/2\"}], \"total\": 2, \"next_cursor\": null}");
        assertThat(ask("urls", "a.example", "c4", "--all").lines())
                .containsExactly("https://a.example/1", "https://a.example/2");
        assertThat(ask("urls", "a.example", "c4", "--all", "--json").out())
                .contains("{\"url_id\":\"ab\",\"url\":\"https://a.example/2\"}\n");
    }

    @Test
    void saysHowManyUrlsAreNotPrinted() {
        server.answer("/v1/datasets", DATASETS)
                .answer(
                        "/v1/domain/a.example/datasets/0/urls?limit=1",
                        "{\"items\": [{\"url\": \"https://a.example/1\"}], \"total\": 2000, \"next_cursor\": \"x\"}");
        Run run = ask("urls", "a.example", "c4", "--limit", "1");
        assertThat(run.out()).isEqualTo("https://a.example/1\n");
        assertThat(run.err()).contains("1 of 2,000 URLs; --all prints them all");
    }

    @Test
    void findsADatasetByItsNameBeforeItsId() {
        server.answer("/v1/datasets", DATASETS)
                .answer(
                        "/v1/domain/a/datasets/1/urls?limit=1000",
                        "{\"items\": [], \"next_cursor\": null}")
                .answer(
                        "/v1/domain/a/datasets/0/urls?limit=1000",
                        "{\"items\": [], \"next_cursor\": null}");
        assertThat(ask("urls", "a", "7").exitCode()).isEqualTo(ExitCode.NOT_FOUND.code());
        assertThat(ask("urls", "a", "0").exitCode()).isEqualTo(ExitCode.NOT_FOUND.code());
        assertThat(server.asked())
                .contains(
                        "/v1/domain/a/datasets/1/urls?limit=1000",
                        "/v1/domain/a/datasets/0/urls?limit=1000");
        Run unknown = ask("urls", "a", "none");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(unknown.err()).contains("there is no dataset 'none'");
    }

    @Test
    void printsVersions() {
        server.answer(
                "/v1/versions?limit=20",
                """
                {"served": 2, "oldest_retained": 1, "next_after": null, "versions": [
                  {"number": 2, "served": true, "published_at": "2026-11-21T07:45:40Z", "counts": {"datasets": 1, "domains": 2, "urls": 3000, "files": 4}},
                  {"number": 1, "served": false, "published_at": "2026-11-21T07:45:30Z", "counts": {"datasets": 1, "domains": 1, "urls": 1, "files": 1}}]}\
                """);
        assertThat(ask("versions").lines())
                .containsExactly(
                        "VERSION     PUBLISHED             DATASETS  DOMAINS   URLS  FILES",
                        "      2  *  2026-11-21T07:45:40Z         1        2  3,000      4",
                        "      1     2026-11-21T07:45:30Z         1        1      1      1");
    }

    @Test
    void printsTheLiveFilesOrAReadOfThem() {
        server.answer("/v1/versions?limit=1", "{\"served\": 5, \"versions\": []}")
                .answer(
                        "/v1/versions/5/files",
                        """
                        {"version": 5, "files": [
                          {"file_id": 1, "dataset_id": 0, "key": "urls/dataset_id=0/a.parquet", "location": "s3://w/p/urls/dataset_id=0/a.parquet", "rows": 2, "bytes": 9},
                          {"file_id": 2, "dataset_id": 1, "key": "urls/dataset_id=1/b.parquet", "location": "s3://w/p/urls/dataset_id=1/b.parquet", "rows": 2, "bytes": 9}]}\
                        """);
        assertThat(ask("files").lines())
                .containsExactly(
                        "s3://w/p/urls/dataset_id=0/a.parquet",
                        "s3://w/p/urls/dataset_id=1/b.parquet");
        assertThat(ask("files", "--version", "5", "--sql", "duckdb").lines())
                .containsExactly(
                        "SELECT * FROM read_parquet([",
                        "  's3://w/p/urls/dataset_id=0/a.parquet',",
                        "  's3://w/p/urls/dataset_id=1/b.parquet',",
                        "], hive_partitioning = true, union_by_name = true);");
        assertThat(ask("files", "--sql", "spark").lines())
                .containsExactly(
                        "rows = spark.read.option(\"basePath\", \"s3a://w/p/urls/\").parquet(",
                        "  \"s3a://w/p/urls/dataset_id=0/a.parquet\",",
                        "  \"s3a://w/p/urls/dataset_id=1/b.parquet\",",
                        ")");
        assertThat(ask("files", "--json").out()).contains("\"file_id\": 2");
    }

    @Test
    void turnsProblemDocumentsIntoMessages() {
        Run run = ask("files", "--version", "3");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(run.err()).isEqualTo("whence: nothing at /v1/versions/3/files\n");
    }

    @Test
    void saysWhatToDoWhenNothingAnswers() {
        String url = server.url();
        server.close();
        Run run = Run.of("domain", "a.example", "--server", url);
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(run.err()).contains("nothing answers at " + url).contains("whence up");
    }

    @Test
    void saysThatUpSeemsToBeStopped(@TempDir Path data) throws IOException {
        String url = server.url();
        server.close();
        Files.writeString(
                data.resolve("standalone.json"),
                "{\"http\": \"%s\", \"kafka\": \"localhost:1\", \"pid\": 4711}".formatted(url));
        String stopped =
                "The `whence up` of "
                        + data
                        + " (process 4711) seems to be stopped: start it again";
        Run question = Run.of("datasets", "--data", data.toString());
        assertThat(question.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(question.err()).contains("nothing answers at " + url + ". " + stopped);

        Path file = Files.writeString(data.resolve("a.txt"), "http://a/\n");
        Run load =
                Run.of("load", "d", file.toString(), "--timeout", "1", "--data", data.toString());
        assertThat(load.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(load.err()).contains("no Kafka answers at localhost:1. " + stopped);

        Run said = Run.of("datasets", "--data", data.toString(), "--server", url);
        assertThat(said.err()).contains("Start it with `whence up`").doesNotContain("4711");
    }

    @Test
    void findsTheServerThatRunsOnADataDirectory(@TempDir Path data) throws IOException {
        server.answer("/v1/datasets", DATASETS);
        Files.writeString(
                data.resolve("standalone.json"),
                "{\"http\": \"" + server.url() + "\", \"pid\": 1}");
        assertThat(Run.of("datasets", "--data", data.toString()).exitCode()).isZero();

        Files.writeString(data.resolve("standalone.json"), "{\"secret_key\": \"hush\", ");
        Run broken = Run.of("datasets", "--data", data.toString());
        assertThat(broken.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(broken.err()).contains("standalone.json is not JSON").doesNotContain("hush");

        Run nothing = Run.of("datasets", "--data", data.resolve("none").toString());
        assertThat(nothing.err()).contains("do not know where the query service is");
    }

    @Test
    void explainsItself() {
        for (String command :
                new String[] {
                    "load",
                    "domain",
                    "urls",
                    "url",
                    "datasets",
                    "compare",
                    "lookup",
                    "export",
                    "versions",
                    "files",
                    "check",
                    "completion"
                }) {
            Run run = Run.of(command, "--help");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).startsWith("Usage: whence " + command).contains("Exit codes:");
        }
        assertThat(Run.of("--help").out())
                .contains("beside the script whence")
                .doesNotContain("current directory");
        assertThat(Run.of("--version").out()).startsWith("whence ").doesNotContain("$");
        Run wrong = Run.of("domain");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(wrong.err()).contains("DOMAIN").contains("Try 'whence domain --help'");
        assertThat(Run.of("urls", "a", "b", "--all", "--limit", "3").exitCode())
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(Run.of().exitCode()).isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void teachesByTwoExamplesEach() {
        for (String command :
                new String[] {
                    "domain",
                    "urls",
                    "url",
                    "datasets",
                    "compare",
                    "lookup",
                    "versions",
                    "files",
                    "export",
                    "export urls",
                    "export hosts",
                    "export domains",
                    "export datasets",
                    "export set",
                    "export lookup"
                }) {
            var words = new ArrayList<>(List.of(command.split(" ")));
            words.add("--help");
            assertThat(Run.of(words.toArray(String[]::new)).out())
                    .as(command)
                    .contains("Examples:")
                    .containsPattern("(?s)(\n  .*whence " + command + "\\b.*){2}");
        }
    }

    private Run ask(String... question) {
        var arguments = new String[question.length + 2];
        System.arraycopy(question, 0, arguments, 0, question.length);
        arguments[question.length] = "--server";
        arguments[question.length + 1] = server.url();
        return Run.of(arguments);
    }
}
