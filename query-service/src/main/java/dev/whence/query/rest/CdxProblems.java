package dev.whence.query.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Tells problems of CDX requests as CDX servers do, which know of no problem documents. */
@Singleton
final class CdxProblems {
    private static final Annotation[] NONE = {};

    private final ObjectMapper json;

    @Inject
    CdxProblems(ObjectMapper json) {
        this.json = json;
    }

    @ServerResponseFilter
    void tell(ContainerRequestContext request, ContainerResponseContext response)
            throws JsonProcessingException {
        if (!(response.getEntity() instanceof Problem problem)) {
            return;
        }
        String path = problem.instance();
        if (path.startsWith("/cdx/")) {
            String message = json.writeValueAsString(Map.of("message", problem.detail()));
            response.setEntity(message, NONE, MediaType.APPLICATION_JSON_TYPE);
        } else if (path.equals("/cdx")) {
            response.setEntity(
                    problem.detail() + "\n", NONE, MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"));
        }
    }
}
