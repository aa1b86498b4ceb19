package dev.stemma.api.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of questions that may be asked as of a date. */
final class AsOf {

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description =
                    "Answer as of then: 2026-11-01 (its first moment), 2026-11-01T12:30 or 2026-11-01T12:30+02:00; UTC"
                            + " without an offset.")
    @Nullable
    String date;
}
