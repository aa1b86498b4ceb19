package dev.stemma.queries.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.queries.inventory.EntryFacts;
import dev.stemma.queries.page.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Text diffs, and why there are none. */
class ConfigurationDiffTest {

    private final Map<String, KeptTexts.Kept> texts = new HashMap<>();

    private EntryFacts file(String text) {
        return file(text, 0);
    }

    private EntryFacts file(String text, int redacted) {
        String digest = "digest of " + text;
        texts.put(digest, new KeptTexts.Kept(Optional.of(text), redacted));
        return entry(digest, text.length());
    }

    private static EntryFacts entry(String digest, long size) {
        return new EntryFacts(
                "x",
                "file",
                0644,
                0,
                0,
                List.of(),
                Optional.of(size),
                Optional.of(digest),
                Optional.empty(),
                Optional.empty(),
                digest);
    }

    private ConfigurationChange diff(Optional<EntryFacts> from, Optional<EntryFacts> to) {
        FileChange change = new FileChange(
                from.isEmpty()
                        ? FileChange.Kind.ADDED
                        : to.isEmpty() ? FileChange.Kind.REMOVED : FileChange.Kind.CHANGED,
                "0:1",
                "/etc/x",
                from,
                to,
                from.isPresent() && to.isPresent() ? Set.of(FileChange.Aspect.CONTENT) : Set.of(),
                List.of(),
                Optional.empty());
        return new ConfigurationDiff(digest -> Optional.ofNullable(texts.get(digest)))
                .of(new Page<>(List.of(change), Optional.empty(), 1))
                .items()
                .getFirst();
    }

    String difference(String from, String to) {
        return diff(Optional.of(file(from)), Optional.of(file(to))).difference().orElse("");
    }

    @Test
    void aDiffIsAsDiffWritesIt() {
        assertThat(difference("a\nb\nc\n", "a\nB\nc\n"))
                .isEqualTo("--- a/etc/x\n+++ b/etc/x\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n");
        assertThat(diff(Optional.empty(), Optional.of(file("a\nb\n"))).difference())
                .contains("--- /dev/null\n+++ b/etc/x\n@@ -0,0 +1,2 @@\n+a\n+b\n");
        assertThat(diff(Optional.of(file("a\n")), Optional.empty()).difference())
                .contains("--- a/etc/x\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-a\n");
        assertThat(difference("a", "a\n")).endsWith("-a\n\\ No newline at end of file\n+a\n");
    }

    @Test
    void whatIsNotShownSaysWhy() {
        EntryFacts small = file("a\n");
        assertThat(diff(Optional.of(small), Optional.of(entry("unknown", 10))).note())
                .hasValueSatisfying(note -> assertThat(note).startsWith("not kept: the image was indexed before"));
        assertThat(diff(Optional.of(small), Optional.of(entry("unknown", 1 << 20)))
                        .note())
                .contains("not kept: it has more than 65536 bytes");
        texts.put("binary", new KeptTexts.Kept(Optional.empty(), 0));
        assertThat(diff(Optional.of(small), Optional.of(entry("binary", 10))).note())
                .contains("not kept: it is no text");
        ConfigurationChange secret = diff(
                Optional.of(file("password=[redacted: named]\n", 1)),
                Optional.of(new EntryFacts(
                        "x",
                        "file",
                        0644,
                        0,
                        0,
                        List.of(),
                        Optional.of(20L),
                        Optional.of("digest of password=[redacted: named]\n"),
                        Optional.empty(),
                        Optional.empty(),
                        "another")));
        assertThat(secret.difference()).isEmpty();
        assertThat(secret.redacted()).isTrue();
        assertThat(secret.note()).contains("what differs was redacted");
        String long1 = "x\n".repeat(20_000);
        assertThat(diff(Optional.of(file(long1)), Optional.of(file("y\n".repeat(20_000))))
                        .note())
                .hasValueSatisfying(note -> assertThat(note).startsWith("too long"));
    }
}
