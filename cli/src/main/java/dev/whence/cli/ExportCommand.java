package dev.whence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whence.cli.ask.KnownDatasets;
import dev.whence.cli.ask.NamedSet;
import dev.whence.cli.ask.TypedDomain;
import dev.whence.cli.ask.UrlFilters;
import dev.whence.cli.export.ExportOptions;
import dev.whence.cli.lookup.DomainLines;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Question;
import dev.whence.cli.place.Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whence export}, a subcommand for each list. */
@Command(
        name = "export",
        description = {
            "Writes a whole list into a file: NDJSON, CSV or Parquet.",
            "",
            "The file is made under FILE.part and gets its name when it is whole, so that a short"
                    + " file never looks like a whole one. What was cut off goes on where it was"
                    + " when the same command is called again (Parquet at the last whole file).",
            "",
            "Examples:",
            "  whence export urls example.com c4 -o example.csv",
            "  whence export set c4 fineweb --not dolma -o shared.parquet",
            ""
        },
        synopsisSubcommandLabel = "LIST")
final class ExportCommand {
    private static final int MOST_LOOKED_UP = 100_000;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "urls",
            description = {
                "The URLs of a domain, in one dataset or in all.",
                "",
                "Examples:",
                "  whence export urls example.com c4 -o example.csv",
                "  whence export urls example.com --path-prefix /blog/ -o blog.ndjson",
                ""
            })
    int urls(
            @Parameters(paramLabel = "DOMAIN", description = "A domain, a host or a URL.")
                    String domain,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "DATASET",
                            description = "A dataset; all of them if left out.")
                    @Nullable String dataset,
            @Mixin UrlFilters filters,
            @Option(
                            names = "--fields",
                            paramLabel = "FIELD,…",
                            description =
                                    "What to tell of each URL, of url_id, url, ts, scheme, host,"
                                            + " path_query, extras; the first three if left out.")
                    @Nullable String fields,
            @Mixin ExportOptions options)
            throws Failure, IOException {
        String path = "/v1/domain/" + Question.encoded(TypedDomain.of(domain));
        Server server = options.connect();
        if (dataset != null) {
            path += "/datasets/" + KnownDatasets.of(server, options.version()).id(dataset);
        }
        Question question = filters.in(new Question(path + "/urls:export")).with("fields", fields);
        return export(options, server, question, null);
    }

    @Command(
            name = "hosts",
            description = {
                "The hosts of a domain, with how many of their URLs each dataset holds.",
                "",
                "Examples:",
                "  whence export hosts example.com -o hosts.csv",
                "  whence export hosts '*.news.example.com' -o hosts.ndjson",
                ""
            })
    int hosts(
            @Parameters(
                            paramLabel = "DOMAIN",
                            description = "A domain; *.HOST asks for a host and those below it.")
                    String domain,
            @Mixin ExportOptions options)
            throws Failure, IOException {
        String asked = domain.startsWith("*.") ? domain : TypedDomain.of(domain);
        var question = new Question("/v1/domain/" + Question.encoded(asked) + "/hosts:export");
        return export(options, options.connect(), question, null);
    }

    @Command(
            name = "domains",
            description = {
                "All domains, or those that begin so.",
                "",
                "Examples:",
                "  whence export domains -o all.parquet",
                "  whence export domains --prefix exam -o exam.csv",
                ""
            })
    int domains(
            @Option(
                            names = "--prefix",
                            paramLabel = "PREFIX",
                            description = "What the domains begin with, in ASCII.")
                    @Nullable String prefix,
            @Mixin ExportOptions options)
            throws Failure, IOException {
        Question question = new Question("/v1/domains:export").with("prefix", prefix);
        return export(options, options.connect(), question, null);
    }

    @Command(
            name = "datasets",
            description = {
                "All datasets with their statistics.",
                "",
                "Examples:",
                "  whence export datasets -o datasets.csv",
                "  whence export datasets --version 264 -o june.ndjson",
                ""
            })
    int datasets(@Mixin ExportOptions options) throws Failure, IOException {
        return export(options, options.connect(), new Question("/v1/datasets:export"), null);
    }

    @Command(
            name = "set",
            description = {
                "The domains that all of some datasets hold, and others do not.",
                "",
                "Examples:",
                "  whence export set c4 fineweb -o shared.csv",
                "  whence export set c4 --not fineweb --not dolma -o only.parquet",
                ""
            })
    int set(@Mixin NamedSet set, @Mixin ExportOptions options) throws Failure, IOException {
        Server server = options.connect();
        ObjectNode body = set.question(KnownDatasets.of(server, options.version()));
        return export(options, server, new Question("/v1/sets:export"), body);
    }

    @Command(
            name = "lookup",
            description = {
                "Which datasets hold each of up to 100,000 domains; `whence lookup` takes more.",
                "",
                "Examples:",
                "  whence export lookup domains.txt -o holders.parquet",
                "  cut -f1 sites.tsv | whence export lookup - -o holders.csv",
                ""
            })
    int lookup(
            @Parameters(
                            paramLabel = "FILE",
                            description =
                                    "A domain, host or URL on each line; - is standard input.")
                    String file,
            @Mixin ExportOptions options)
            throws Failure, IOException {
        ArrayNode domains = JsonNodeFactory.instance.arrayNode();
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            var lines = new DomainLines(in);
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (domains.size() == MOST_LOOKED_UP) {
                    throw new Failure(
                            ExitCode.USAGE,
                            "%s has more than %,d domains; `whence lookup` takes any number"
                                    .formatted(file, MOST_LOOKED_UP),
                            null);
                }
                domains.add(DomainLines.asked(line.get()));
            }
        }
        if (domains.isEmpty()) {
            throw new Failure(ExitCode.USAGE, file + " has no domains", null);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("domains", domains);
        return export(options, options.connect(), new Question("/v1/domains:lookup:export"), body);
    }

    private int export(
            ExportOptions options, Server server, Question question, @Nullable JsonNode body)
            throws Failure, IOException {
        options.export(server, question.toString(), body, spec.commandLine().getErr());
        return ExitCode.OK.code();
    }
}
