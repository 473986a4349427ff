package dev.whence.query.rest;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses what a call would silently leave out: a parameter that it does not know, one without a
 * value, one given twice. A script that misspells {@code version}, or passes on a cursor that it
 * never read, must not get a good answer to another question. What a call knows is what its method
 * declares. Pages are left out: a form sends the fields that nobody filled in, too.
 */
final class RequestCheck {
    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

    @ServerRequestFilter
    void check(ContainerRequestContext request, ResourceInfo call) {
        if (call.getResourceClass().isAnnotationPresent(ForPeople.class)) {
            return;
        }
        Set<String> names = known.computeIfAbsent(call.getResourceMethod(), RequestCheck::declared);
        request.getUriInfo()
                .getQueryParameters()
                .forEach((name, values) -> check(names, name, values));
    }

    private static void check(Set<String> names, String name, List<String> values) {
        if (!names.contains(name)) {
            throw new BadParameterException(
                    "This call has no parameter '%s'; %s."
                            .formatted(
                                    Parameters.shown(name),
                                    names.isEmpty()
                                            ? "it takes none"
                                            : "those it has are " + String.join(", ", names)));
        }
        if (values.size() > 1) {
            throw new BadParameterException(
                    "%s is given %d times; give it once.".formatted(name, values.size()));
        }
        if (values.getFirst().isEmpty()) {
            throw new BadParameterException(
                    "%s is empty; give it a value, or leave it out.".formatted(name));
        }
    }

    private static Set<String> declared(Method method) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : method.getParameters()) {
            QueryParam declared = parameter.getAnnotation(QueryParam.class);
            if (declared != null) {
                names.add(declared.value());
            }
        }
        return names;
    }
}
