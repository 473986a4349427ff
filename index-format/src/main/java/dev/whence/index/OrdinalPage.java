package dev.whence.index;

import java.util.List;
import java.util.OptionalInt;

/**
 * A page of domains by ordinal.
 *
 * @param ordinals ascending
 * @param next where the next page begins; empty at the end
 */
public record OrdinalPage(List<Integer> ordinals, OptionalInt next) {}
