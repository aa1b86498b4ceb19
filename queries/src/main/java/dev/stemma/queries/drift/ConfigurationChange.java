package dev.stemma.queries.drift;

import java.util.Optional;

/**
 * A path among the configuration that is not the same on both sides.
 *
 * @param change what differs, and who owns the path
 * @param difference unified diff, from the first {@code ---} to the last line feed; of a file that came or went against nothing. Empty when the text is
 *     the same or not known
 * @param redacted whether secrets were taken out of one of the texts; they may differ though what is shown does not
 * @param note why there is no diff, or what it does not show
 */
public record ConfigurationChange(
        FileChange change, Optional<String> difference, boolean redacted, Optional<String> note) {}
