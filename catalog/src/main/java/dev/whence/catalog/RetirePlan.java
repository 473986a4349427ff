package dev.whence.catalog;

import java.util.List;

/**
 * What the next version says about old ones.
 *
 * @param oldestRetained the oldest version that readers may still ask for
 * @param superseded objects that only retained older versions name
 * @param expired objects that no retained version names
 */
public record RetirePlan(long oldestRetained, List<Superseded> superseded, List<Expired> expired) {}
