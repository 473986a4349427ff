package dev.whence.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Faults that take minutes, and are run by name: each method of the class is one, on the stage of
 * all of them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("faults")
@Tag("slow")
@ExtendWith(Staged.class)
@EnabledIfSystemProperty(
        named = "whence.faults",
        matches = "true",
        disabledReason = "takes minutes: ./whence test --faults [NAME]")
@interface Faults {}
