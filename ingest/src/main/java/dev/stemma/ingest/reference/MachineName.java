package dev.stemma.ingest.reference;

import dev.stemma.graph.id.Digest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The name of a machine, by which people and hypervisors know it; has no colon, so that no version reads like it.
 *
 * @param text 1 to 200 letters, digits, points, underscores and hyphens of ASCII; the first is a letter or digit
 */
public record MachineName(String text) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");
    private static final int ID_DIGITS = 20;

    /**
     * @throws IllegalArgumentException when it is no such name
     */
    public MachineName {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a name of a machine has 1 to 200 letters, digits, points, underscores and hyphens, a letter or digit first");
        }
    }

    /** The id of the machine: the same for the same name. */
    public String machineId() {
        return "mac-"
                + Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, ID_DIGITS);
    }

    @Override
    public String toString() {
        return text;
    }
}
