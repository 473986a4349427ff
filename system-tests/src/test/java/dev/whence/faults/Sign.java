package dev.whence.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * A number that rises where a fault is felt.
 *
 * @param what it counts, in words
 */
record Sign(String what, Reading reading) {
    /** Reads it. */
    interface Reading {
        double now() throws Exception;
    }

    /** The trouble did something on a link. */
    static Sign of(FaultyLink link) {
        return new Sign(link.toString(), link::met);
    }

    /** A service, which does not end meanwhile, counts something. */
    static Sign counted(Service service, String what, String metric) {
        return new Sign(what, () -> service.signs().counted(metric));
    }

    /** A service prints a text. */
    static Sign printed(Service service, String text) {
        return new Sign(
                "lines of %s with '%s'".formatted(service, text),
                () -> service.signs().printed(text));
    }

    /** A service ends. */
    static Sign ended(Service service) {
        return new Sign("ends of " + service, () -> service.ends().size());
    }

    static List<Double> read(List<Sign> signs) throws Exception {
        var read = new ArrayList<Double>();
        for (Sign sign : signs) {
            read.add(sign.reading().now());
        }
        return read;
    }
}
