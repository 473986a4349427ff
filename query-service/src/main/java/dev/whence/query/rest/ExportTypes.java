package dev.whence.query.rest;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Names the media type of a streamed answer once its writer has been chosen: an answer that names
 * one by itself is given to the framework's writers of that type, which know of no streams.
 */
final class ExportTypes {
    @ServerResponseFilter
    void name(ContainerResponseContext response) {
        if (response.getEntity() instanceof ExportBody body) {
            response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, body.mediaType());
        }
    }
}
