package dev.whence.url;

/**
 * The fast path: URLs whose canonical form is the input itself, byte for byte at its place, but for
 * letter case in the host and in escapes, a fragment to cut off and parameters to sort.
 *
 * <p>The input is copied and walked over once. Whatever would move another byte, or needs a second
 * thought, makes the walk give up, and the full path starts from the input again. So this class has
 * to be right only about what it accepts: there, {@link UrlParser} would change nothing else.
 */
final class PlainUrls {
    /** What a byte is, in a host, a path or a query; 0 is to give up. */
    private static final byte PLAIN = 1;

    private static final byte UPPER = 2;
    private static final byte DOT = 3;
    private static final byte COLON = 4;
    private static final byte SLASH = 5;
    private static final byte PERCENT = 6;
    private static final byte MARK = 7;
    private static final byte HASH = 8;
    private static final byte AND = 9;

    private static final byte[] IN_HOST = hostClasses();
    private static final byte[] IN_PATH = pathClasses();
    private static final byte[] IN_QUERY = queryClasses();

    private static final int GIVE_UP = -1;

    private final ParsedUrl url;
    private final PublicSuffixes suffixes;
    private final ParameterOrder order;

    PlainUrls(ParsedUrl url, PublicSuffixes suffixes, ParameterOrder order) {
        this.url = url;
        this.suffixes = suffixes;
        this.order = order;
    }

    /** Whether the URL holds the canonical form of {@code input[from, to)} now. */
    boolean take(byte[] input, int from, int to) {
        int end = to - from;
        // One more, for the slash of an empty path.
        url.reserve(end + 1);
        byte[] bytes = url.bytes;
        System.arraycopy(input, from, bytes, 0, end);
        if (!takeScheme(bytes, end) || !takeHost(bytes, end)) {
            return false;
        }
        int at = takePort(bytes, end);
        if (at == GIVE_UP) {
            return false;
        }
        url.hostEnd = at;
        if (at == end) {
            bytes[at] = '/';
            url.length = end + 1;
        } else {
            at = takePath(bytes, at, end);
            if (at != GIVE_UP && at < end && bytes[at] == '?') {
                at = takeQuery(bytes, at + 1, end);
            }
            if (at == GIVE_UP || !isAscii(bytes, at, end)) {
                return false;
            }
            url.length = at;
        }
        url.domainStart = suffixes.registrableStart(bytes, url.hostStart, url.domainEnd);
        return true;
    }

    /** A scheme in lower case with its two slashes. */
    private boolean takeScheme(byte[] bytes, int end) {
        if (end < 9 || bytes[0] != 'h' || bytes[1] != 't' || bytes[2] != 't' || bytes[3] != 'p') {
            return false;
        }
        boolean secure = bytes[4] == 's';
        int colon = secure ? 5 : 4;
        url.scheme = secure ? Scheme.HTTPS : Scheme.HTTP;
        url.hostStart = colon + 3;
        return bytes[colon] == ':' && bytes[colon + 1] == '/' && bytes[colon + 2] == '/';
    }

    /**
     * A host without empty labels, whose last label does not begin with a digit, as that of an IPv4
     * address does.
     */
    private boolean takeHost(byte[] bytes, int end) {
        int label = url.hostStart;
        int at = label;
        scan:
        for (; at < end; at++) {
            switch (IN_HOST[bytes[at] & 0xFF]) {
                case PLAIN -> {}
                case UPPER -> bytes[at] |= 0x20;
                case DOT -> {
                    if (at == label) {
                        return false;
                    }
                    label = at + 1;
                }
                case COLON, SLASH -> {
                    break scan;
                }
                default -> {
                    return false;
                }
            }
        }
        url.domainEnd = at;
        return at > label
                && at - url.hostStart <= UrlCanonicalizer.MAX_HOST_BYTES
                && !Ascii.isDigit(bytes[label]);
    }

    /** The end of a port without leading zeros that is not the scheme's own, or of none. */
    private int takePort(byte[] bytes, int end) {
        int at = url.domainEnd;
        if (at == end || bytes[at] == '/') {
            return at;
        }
        int first = ++at;
        int port = 0;
        while (at < end && at < first + 5 && Ascii.isDigit(bytes[at])) {
            port = 10 * port + bytes[at++] - '0';
        }
        boolean canonical =
                at > first
                        && bytes[first] != '0'
                        && port <= UrlParser.HIGHEST_PORT
                        && port != url.scheme.defaultPort()
                        && (at == end || bytes[at] == '/');
        return canonical ? at : GIVE_UP;
    }

    /** Where the path ends that begins with the slash at {@code start}. */
    private static int takePath(byte[] bytes, int start, int end) {
        int at = start;
        while (true) {
            while (at < end && IN_PATH[bytes[at] & 0xFF] == PLAIN) {
                at++;
            }
            if (at == end) {
                return at;
            }
            switch (IN_PATH[bytes[at] & 0xFF]) {
                case SLASH -> {
                    at++;
                    if (at < end && (bytes[at] == '/' || bytes[at] == '.')) {
                        at = takeSlashOrDot(bytes, at, end);
                    }
                }
                case PERCENT -> at = takeEscape(bytes, at, end);
                case MARK, HASH -> {
                    return at;
                }
                default -> {
                    return GIVE_UP;
                }
            }
            if (at == GIVE_UP) {
                return GIVE_UP;
            }
        }
    }

    /**
     * What follows a slash: the second slash of a URL in the path, whose scheme ends in a letter,
     * or a dot that something else than a dot, a slash or an escape follows.
     */
    private static int takeSlashOrDot(byte[] bytes, int at, int end) {
        if (at + 1 >= end) {
            return GIVE_UP;
        }
        byte next = bytes[at + 1];
        if (bytes[at] == '.') {
            return Ascii.isLetter(next) ? at + 2 : GIVE_UP;
        }
        // At the path's own slash that is the host's last byte, which is no colon.
        boolean plain = bytes[at - 2] == ':' && Ascii.isLetter(bytes[at - 3]);
        return plain && next != '/' && next != '.' ? at + 1 : GIVE_UP;
    }

    /** Where the query ends; it must hold a parameter, and no empty ones. */
    private int takeQuery(byte[] bytes, int start, int end) {
        boolean several = false;
        int parameter = start;
        int at = start;
        scan:
        while (at < end) {
            switch (IN_QUERY[bytes[at] & 0xFF]) {
                case PLAIN -> at++;
                case AND -> {
                    if (at == parameter) {
                        return GIVE_UP;
                    }
                    several = true;
                    parameter = ++at;
                }
                case PERCENT -> {
                    at = takeEscape(bytes, at, end);
                    if (at == GIVE_UP) {
                        return GIVE_UP;
                    }
                }
                case HASH -> {
                    break scan;
                }
                default -> {
                    return GIVE_UP;
                }
            }
        }
        if (at == parameter) {
            return GIVE_UP;
        }
        if (several) {
            order.sort(bytes, start, at);
        }
        return at;
    }

    /** The end of an escape that stays one, its digits now in upper case. */
    private static int takeEscape(byte[] bytes, int at, int end) {
        int value = Ascii.escapedByte(bytes, at, end);
        if (value < 0 || Ascii.UNRESERVED[value]) {
            return GIVE_UP;
        }
        bytes[at + 1] = Ascii.hexDigit(value >> 4);
        bytes[at + 2] = Ascii.hexDigit(value);
        return at + 3;
    }

    /** A fragment goes, but not without being judged: it might not be UTF-8. */
    private static boolean isAscii(byte[] bytes, int from, int end) {
        int bits = 0;
        for (int at = from; at < end; at++) {
            bits |= bytes[at];
        }
        return bits >= 0;
    }

    private static byte[] hostClasses() {
        byte[] classes = new byte[256];
        for (int b = 0; b < 0x80; b++) {
            if (b >= 'A' && b <= 'Z') {
                classes[b] = UPPER;
            } else if (Ascii.isLetter((byte) b) || Ascii.isDigit((byte) b)) {
                classes[b] = PLAIN;
            }
        }
        classes['-'] = PLAIN;
        classes['_'] = PLAIN;
        classes['.'] = DOT;
        classes[':'] = COLON;
        classes['/'] = SLASH;
        return classes;
    }

    private static byte[] pathClasses() {
        byte[] classes = plain(Ascii.ESCAPED_IN_PATH);
        classes['\\'] = 0;
        classes['/'] = SLASH;
        classes['%'] = PERCENT;
        classes['?'] = MARK;
        classes['#'] = HASH;
        return classes;
    }

    private static byte[] queryClasses() {
        byte[] classes = plain(Ascii.ESCAPED_IN_QUERY);
        classes['&'] = AND;
        classes['%'] = PERCENT;
        classes['#'] = HASH;
        return classes;
    }

    /** What need not be escaped is plain; controls, spaces and all but ASCII must be. */
    private static byte[] plain(boolean[] escaped) {
        byte[] classes = new byte[256];
        for (int b = 0; b < classes.length; b++) {
            classes[b] = escaped[b] ? 0 : PLAIN;
        }
        return classes;
    }
}
