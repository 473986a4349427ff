package dev.whence.query.rest;

import dev.whence.query.QueryException;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses whoever may ask nothing, before it is said what is wrong with a question. Pages are left
 * out: they say it as pages do.
 */
final class CallerCheck {
    private final Callers callers;

    @Inject
    CallerCheck(Callers callers) {
        this.callers = callers;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    void check(ResourceInfo call) throws QueryException {
        if (!call.getResourceClass().isAnnotationPresent(ForPeople.class)) {
            callers.current();
        }
    }
}
