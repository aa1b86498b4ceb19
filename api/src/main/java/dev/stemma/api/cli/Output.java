package dev.stemma.api.cli;

import java.util.Locale;

/** The three forms of every answer. */
enum Output {
    /** For people. */
    TABLE,
    /** For programs, whole: what the service sent. */
    JSON,
    /** For spreadsheets. */
    CSV;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
