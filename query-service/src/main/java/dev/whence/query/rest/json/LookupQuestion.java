package dev.whence.query.rest.json;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which domains are looked up. */
@Schema(description = "Domains to look up.")
public record LookupQuestion(
        @Schema(
                        description =
                                "Domains or hosts in any case, Unicode or ASCII; a host stands for"
                                        + " its registrable domain; an export takes 100,000.",
                        examples = "[\"example.com\", \"www.example.org\"]",
                        required = true,
                        minItems = 1,
                        maxItems = 10_000)
                @Nullable List<@Nullable String> domains) {}
