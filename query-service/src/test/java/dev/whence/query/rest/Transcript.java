package dev.whence.query.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * All that somebody is told in answer to all questions, byte for byte, to be compared with what he
 * is told at another time, with all headers. Left out is what tells versions from one another and
 * nothing else: their numbers, ages and tags, and cursors, which are closed; they are followed
 * instead.
 */
final class Transcript {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9_-]{60,}");
    private static final Pattern VERSION =
            Pattern.compile(
                    "(?i)(\"(?:version|served|number|age_seconds)\": ?|version[= ](?:<strong>)?|/versions/|since\": ?)[0-9]+");
    private static final Pattern SERVED = Pattern.compile("\"served\": ?(?:true|false)");
    private static final Pattern TIME =
            Pattern.compile("<time[^>]*>[^<]*</time>|[0-9]+ (?:second|minute)s? ago");
    private static final Pattern TAG = Pattern.compile("W/\"[0-9a-f]{32}-[0-9]\"");
    private static final int MOST_PAGES = 100;

    private final Client client;
    private final long version;
    private final Map<String, List<String>> answers = new LinkedHashMap<>();

    private Transcript(Client client, long version) {
        this.client = client;
        this.version = version;
    }

    /** What a caller is told of the served version. */
    static Map<String, List<String>> of(Client client, long version) throws Exception {
        var transcript = new Transcript(client, version);
        for (List<String> questions : Questions.BY_OPERATION.values()) {
            for (String question : questions) {
                transcript.ask(question);
            }
        }
        for (List<String> questions : Questions.BY_PAGE.values()) {
            for (String question : questions) {
                transcript.ask(question);
            }
        }
        return transcript.answers;
    }

    private void ask(String question) throws Exception {
        List<String> pages = new ArrayList<>();
        String[] parts = question.replace("{V}", Long.toString(version)).split(" ", 2);
        String cursor = "";
        do {
            HttpResponse<String> answer =
                    send(client, cursor.isEmpty() ? parts : behind(cursor, parts));
            pages.add(text(answer));
            cursor = next(answer);
        } while (!cursor.isEmpty() && pages.size() < MOST_PAGES);
        answers.put(question, pages);
    }

    /** Asks an address, or a path with a body. */
    static HttpResponse<String> send(Client client, String... parts) throws Exception {
        if (parts.length == 1) {
            return client.get(parts[0]);
        }
        return parts[0].startsWith("/lists")
                ? client.postForm(parts[0], "domains", parts[1].replaceFirst(".*=", ""))
                : client.post(parts[0], parts[1]);
    }

    /** The same question behind a cursor, which holds the version and the offset. */
    private static String[] behind(String cursor, String... parts) throws Exception {
        String address = parts[0].replaceAll("[&?](?:version|offset)=[0-9]+", "");
        if (parts.length == 1) {
            String whole = address.contains("?") ? address : address.replaceFirst("&", "?");
            return new String[] {whole + (whole.contains("?") ? "&" : "?") + "cursor=" + cursor};
        }
        var body = (ObjectNode) JSON.readTree(parts[1]);
        return new String[] {address, body.put("cursor", cursor).toString()};
    }

    private static String next(HttpResponse<String> answer) throws Exception {
        boolean isJson =
                answer.headers().firstValue("content-type").orElse("").equals("application/json");
        JsonNode next =
                isJson && answer.body().startsWith("{")
                        ? JSON.readTree(answer.body()).path("next_cursor")
                        : JSON.nullNode();
        return next.isTextual() ? next.asText() : "";
    }

    private static String text(HttpResponse<String> answer) {
        String body = TIME.matcher(answer.body()).replaceAll("TIME");
        body = VERSION.matcher(body).replaceAll("$1VERSION");
        body = SERVED.matcher(body).replaceAll("\"served\"");
        body = CURSOR.matcher(body).replaceAll("CURSOR");
        return "%d%n%s%n%s".formatted(answer.statusCode(), headers(answer), body);
    }

    /** All but when it was: an answer of another version has its own tag. */
    private static String headers(HttpResponse<String> answer) {
        var headers = new TreeMap<>(answer.headers().map());
        headers.remove("date");
        int bytes = answer.body().getBytes(StandardCharsets.UTF_8).length;
        headers.computeIfPresent(
                "content-length",
                (_, value) -> value.equals(List.of("" + bytes)) ? List.of("its own") : value);
        headers.computeIfPresent("whence-version", (_, _) -> List.of("VERSION"));
        headers.computeIfPresent(
                "etag",
                (_, value) ->
                        TAG.matcher(String.join(" ", value)).matches() ? List.of("TAG") : value);
        return headers.toString();
    }
}
