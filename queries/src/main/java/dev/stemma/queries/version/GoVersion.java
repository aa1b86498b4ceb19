package dev.stemma.queries.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Versions of Go modules, which are semantic ones with a {@code v} (Go Modules Reference, "Versions"), and of Go itself, whose
 * candidates are written {@code 1.21rc2} (Go Toolchains, "Go versions"). {@code (devel)} is older than all of them.
 */
final class GoVersion {

    static final VersionOrder ORDER = GoVersion::compare;

    private GoVersion() {}

    private static int compare(String a, String b) {
        Optional<SemanticVersion> first = find(a);
        Optional<SemanticVersion> second = find(b);
        return first.isPresent() && second.isPresent()
                ? first.get().against(second.get())
                : SemanticVersion.ORDER.compare(first.isPresent() ? "0" : a, second.isPresent() ? "0" : b);
    }

    private static Optional<SemanticVersion> find(String version) {
        int at = 0;
        while (at < version.length() && (Numerals.digit(version.charAt(at)) || version.charAt(at) == '.')) {
            at++;
        }
        String numbers = version.substring(0, at);
        String rest = version.substring(at);
        boolean candidate = !numbers.isEmpty() && (rest.startsWith("rc") || rest.startsWith("beta"));
        if (!candidate) {
            return SemanticVersion.find(version);
        }
        // As a pre-release of two parts, so that rc10 comes after rc2.
        int word = rest.startsWith("rc") ? 2 : 4;
        List<String> parts = new ArrayList<>(List.of(rest.substring(0, word)));
        parts.add(rest.substring(word));
        return SemanticVersion.find(numbers + "-" + String.join(".", parts));
    }
}
