package dev.whence.query.rest;

import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A problem document, RFC 9457.
 *
 * @param type what kind of problem, as a URI that never changes; {@code about:blank} where the
 *     status says all
 * @param instance the path that was asked for
 */
@Schema(description = "A problem document, RFC 9457.")
public record Problem(
        @Schema(
                        description =
                                "What kind of problem: a URI that never changes, or about:blank"
                                        + " where the status says all.",
                        examples = "urn:whence:problem:retired-version")
                String type,
        @Schema(examples = "This version is no longer kept") String title,
        @Schema(examples = "410") int status,
        @Schema(
                        description = "What happened, and what to do.",
                        examples =
                                "Version 3 is no longer kept; versions 120 to 264 are. Ask without"
                                        + " a version or cursor to begin again at the newest.")
                String detail,
        @Schema(description = "The path that was asked for.", examples = "/v1/domain/example.com")
                String instance) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** A problem that its HTTP status says all about. */
    static Problem ofStatus(int status, String detail, String instance) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "HTTP status " + status : known.getReasonPhrase();
        return new Problem("about:blank", title, status, detail, instance);
    }
}
