package dev.whence.query.rest;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses what a call would silently leave out: a parameter that it does not know, one without a
 * value, one given twice. A script that misspells {@code version}, or passes on a cursor that it
 * never read, must not get a good answer to another question. What a call knows is what its method
 * declares. Pages are left out: a form sends the fields that nobody filled in, too.
 */
final class RequestCheck {
    private final Map<Method, Map<String, Boolean>> known = new ConcurrentHashMap<>();

    @ServerRequestFilter
    void check(ContainerRequestContext request, ResourceInfo call) {
        if (call.getResourceClass().isAnnotationPresent(ForPeople.class)) {
            return;
        }
        Map<String, Boolean> names =
                known.computeIfAbsent(call.getResourceMethod(), RequestCheck::declared);
        request.getUriInfo()
                .getQueryParameters()
                .forEach((name, values) -> check(names, name, values));
    }

    private static void check(Map<String, Boolean> names, String name, List<String> values) {
        if (!names.containsKey(name)) {
            throw new BadParameterException(
                    "This call has no parameter '%s'; %s."
                            .formatted(
                                    Parameters.shown(name),
                                    names.isEmpty()
                                            ? "it takes none"
                                            : "those it has are "
                                                    + String.join(", ", names.keySet())));
        }
        if (values.size() > 1 && !Boolean.TRUE.equals(names.get(name))) {
            throw new BadParameterException(
                    "%s is given %d times; give it once.".formatted(name, values.size()));
        }
        if (values.getFirst().isEmpty()) {
            throw new BadParameterException(
                    "%s is empty; give it a value, or leave it out.".formatted(name));
        }
    }

    /** The names of parameters, and whether each may be given several times. */
    private static Map<String, Boolean> declared(Method method) {
        Map<String, Boolean> names = new TreeMap<>();
        for (Parameter parameter : method.getParameters()) {
            add(names, parameter, parameter.getType());
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                for (Field field : parameter.getType().getDeclaredFields()) {
                    add(names, field, field.getType());
                }
            }
        }
        return names;
    }

    private static void add(Map<String, Boolean> names, AnnotatedElement declared, Class<?> type) {
        QueryParam parameter = declared.getAnnotation(QueryParam.class);
        if (parameter != null) {
            names.put(parameter.value(), type == List.class);
        }
    }
}
