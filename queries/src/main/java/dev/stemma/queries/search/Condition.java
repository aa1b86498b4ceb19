package dev.stemma.queries.search;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A condition on an image. It holds, or does not, or cannot be told because the image was not looked into deep enough: what was never
 * indexed neither has a package nor lacks it. Values; bounded by {@link ConditionBounds}.
 */
public sealed interface Condition {

    /** Every part holds; without parts, all images. */
    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** One part at least holds; without parts, no image. */
    record Any(List<Condition> parts) implements Condition {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** The part does not hold, and that is known. */
    record Not(Condition part) implements Condition {}

    /** A condition that has no parts. */
    sealed interface Leaf extends Condition {}

    /** On a text by which people know the image. */
    record Text(TextField field, TextTerm term) implements Leaf {}

    /**
     * On a word out of a list.
     *
     * @param value the whole word, {@code *} and {@code ?} standing for any characters and any one; case does not count
     */
    record Keyword(KeywordField field, String value) implements Leaf {}

    /** It has this package, its files being there. */
    record Software(PackageTerm term) implements Leaf {}

    /** It has a package whose name fits. */
    record SoftwareNamed(TextTerm pattern) implements Leaf {}

    /** It holds this file. */
    record Holds(FileTerm file) implements Leaf {}

    /** A kept configuration file of it has, in one line, these words side by side, without regard to case. */
    record Configuration(ConfigurationTerm term) implements Leaf {}

    /**
     * When its file last changed.
     *
     * @param from at or after this
     * @param until before this
     */
    record Modified(Optional<Instant> from, Optional<Instant> until) implements Leaf {}
}
