package dev.stemma.api.cli;

import dev.stemma.api.problem.Outcome;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people type them. */
final class Durations {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(s|m|h|d)?");

    private Durations() {}

    /** {@code 90}, {@code 90s}, {@code 30m}, {@code 2h}, {@code 1d} in seconds. */
    static long seconds(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new CommandProblem(Outcome.USAGE, "not a time: " + text + ". Write 90s, 30m or 2h");
        }
        long number = Long.parseLong(form.group(1));
        String unit = form.group(2) == null ? "s" : form.group(2);
        return switch (unit) {
            case "d" -> number * 86_400;
            case "h" -> number * 3_600;
            case "m" -> number * 60;
            default -> number;
        };
    }
}
