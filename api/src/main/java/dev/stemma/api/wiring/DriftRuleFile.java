package dev.stemma.api.wiring;

import dev.stemma.queries.drift.rules.DriftRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules for drift that a person may have put in the place of those that come with Stemma. */
final class DriftRuleFile {

    private static final Logger LOG = LoggerFactory.getLogger(DriftRuleFile.class);
    private static final int MAX_BYTES = 1 << 20;

    private DriftRuleFile() {}

    /**
     * Reads them.
     *
     * @throws IllegalStateException when they are there and not as they should be: a service that answers by other rules than it was given
     *     would mislead
     */
    static DriftRules read(Path file) {
        if (!Files.exists(file)) {
            return DriftRules.SHIPPED;
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException("longer than " + MAX_BYTES + " bytes");
            }
            DriftRules rules = DriftRules.parse(Files.readString(file));
            LOG.info("drift goes by the rules in {}", file);
            return rules;
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "the rules for drift in " + file + " cannot be used: " + e.getMessage()
                            + ". Mend them, or take the file away to go by those that come with Stemma.",
                    e);
        }
    }
}
