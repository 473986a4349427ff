package dev.whence.query.export;

import java.util.ArrayList;
import java.util.List;

/** A strict reader of CSV by the grammar of RFC 4180. */
final class Csv {
    private Csv() {}

    static List<List<String>> read(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        var field = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '"') {
                at++;
                while (text.charAt(at) != '"'
                        || (at + 1 < text.length() && text.charAt(at + 1) == '"')) {
                    field.append(text.charAt(at));
                    at += text.charAt(at) == '"' ? 2 : 1;
                }
                at++;
            } else {
                while (",\r\n\"".indexOf(text.charAt(at)) < 0) {
                    field.append(text.charAt(at++));
                }
            }
            record.add(field.toString());
            field.setLength(0);
            if (text.charAt(at) == ',') {
                at++;
                if (text.charAt(at) == '\r') {
                    record.add("");
                }
            }
            if (text.startsWith("\r\n", at)) {
                at += 2;
                records.add(record);
                record = new ArrayList<>();
            }
        }
        if (!record.isEmpty()) {
            throw new IllegalArgumentException("a record without an end: " + record);
        }
        return records;
    }
}
