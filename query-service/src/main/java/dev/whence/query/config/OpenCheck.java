package dev.whence.query.config;

import dev.whence.query.access.RulesFollower;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jboss.logging.Logger;

/**
 * Refuses to start where strangers could ask and nothing says what they may see. On loopback a
 * service is open; on any other address the access rules say what callers without a key see, or
 * somebody says that it is meant to be open.
 */
final class OpenCheck {
    private static final Logger LOG = Logger.getLogger(OpenCheck.class);

    private OpenCheck() {}

    /** Whether a service at this address may do without rules that say it. */
    static boolean mayBeOpen(String host, boolean openToAll) {
        return openToAll || isLoopback(host);
    }

    /** Reads the rules for the first time. Where that fails, nothing is told until it succeeds. */
    static void check(RulesFollower rules, String host) {
        if (rules.poll() instanceof RulesFollower.Step.Failed(Exception cause)) {
            LOG.warnf("Nothing is answered before the access rules were read once: %s", cause);
        }
        if (rules.isOpenByMistake()) {
            throw new IllegalStateException(
                    "The service would listen on "
                            + host
                            + " and tell callers without a key of all that is not restricted, for "
                            + why(rules.state().rules())
                            + ". Say what they see (whence access nameless nothing|unrestricted),"
                            + " listen on 127.0.0.1 (quarkus.http.host), or, if that is what you"
                            + " want, set whence.query.open-to-all=true"
                            + " (WHENCE_QUERY_OPEN_TO_ALL).");
        }
    }

    private static String why(long rules) {
        return rules == 0
                ? "the store has no access rules"
                : "access rules %d do not say what these may see".formatted(rules);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
