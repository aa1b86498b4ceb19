package dev.stemma.queries.search.language;

import dev.stemma.queries.search.KeywordField;
import dev.stemma.queries.search.TextField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What may stand before a colon. */
public enum SearchField {
    NAME(new Use.Of(TextField.NAME), "the image's name", "name"),
    DESCRIPTION(new Use.Of(TextField.DESCRIPTION), "its description", "description"),
    OS(new Use.Of(TextField.OS), "distribution or full name of a system inside", "os"),
    VERSION(new Use.Of(TextField.OS_VERSION), "version or patch level of a system inside", "osversion", "version"),
    LOCATION(new Use.Of(TextField.LOCATION), "where its file lies", "location"),
    SYSTEM(new Use.Is(KeywordField.SYSTEM, List.of()), "distribution and version of a system inside, as one", "system"),
    ARCHITECTURE(
            new Use.Is(KeywordField.ARCHITECTURE, List.of()),
            "architecture of a system inside",
            "arch",
            "architecture"),
    REPOSITORY(new Use.Is(KeywordField.REPOSITORY, List.of()), "name or id of the repository", "repository", "repo"),
    ROLE(new Use.Is(KeywordField.ROLE, List.of()), "what the machine is", "role"),
    STATE(
            new Use.Is(KeywordField.STATE, List.of("active", "missing", "deprecated", "revoked", "deleted")),
            "state of the image or version",
            "state"),
    KIND(new Use.Is(KeywordField.KIND, List.of("image", "version", "machine")), "what kind of thing it is", "kind"),
    LEVEL(new Use.Is(KeywordField.LEVEL, List.of("full", "basic", "none")), "how deep it was indexed", "level"),
    SOFTWARE(new Use.Software(), "software, with a version if need be", "software", "package"),
    FILE(new Use.File(), "a file by name, path, pattern or digest", "file"),
    SHA256(new Use.Digest(), "a file by its content", "sha256"),
    TEXT(new Use.Configuration(), "words in a configuration file", "text", "configuration"),
    MODIFIED(new Use.Modified(), "when its file changed", "modified"),
    AT(new Use.Moment(), "as of when the search is", "at");

    private final Use use;
    private final String meaning;
    private final List<String> words;

    SearchField(Use use, String meaning, String... words) {
        this.use = use;
        this.meaning = meaning;
        this.words = List.of(words);
    }

    /** What a value of a field becomes. */
    sealed interface Use {
        record Of(TextField field) implements Use {}

        /** @param values all there can be; empty where there may be others */
        record Is(KeywordField field, List<String> values) implements Use {}

        record Software() implements Use {}

        record File() implements Use {}

        record Digest() implements Use {}

        record Configuration() implements Use {}

        record Modified() implements Use {}

        record Moment() implements Use {}
    }

    Use use() {
        return use;
    }

    /** As people write it; the first of several words. */
    public String word() {
        return words.getFirst();
    }

    /** What it is, in some words. */
    public String meaning() {
        return meaning;
    }

    /** The field of a word; case does not count. */
    static Optional<SearchField> of(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (SearchField field : values()) {
            if (field.words.contains(lower)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** All words there are. */
    static List<String> allWords() {
        List<String> all = new ArrayList<>();
        for (SearchField field : values()) {
            all.addAll(field.words);
        }
        return all;
    }
}
