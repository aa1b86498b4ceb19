package dev.stemma.queries.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Shows where in configuration files words were found. */
final class Excerpts {

    private static final int MAX_EXCERPTS = 5;
    private static final int MAX_LINE = 300;

    private Excerpts() {}

    /** A configuration file that has the words. */
    record Source(String path, String digest) {}

    /** Contents that have the words, by how images name them. */
    static final class Digests {

        private final Map<String, List<String>> byStart = new HashMap<>();

        Digests(Collection<String> digests) {
            digests.forEach(digest -> byStart.computeIfAbsent(digest.substring(0, 8), _ -> new ArrayList<>())
                    .add(digest));
        }

        /** Those of an image's configuration files that are among them. */
        List<Source> among(List<String> files) {
            List<Source> sources = new ArrayList<>();
            for (String file : files) {
                for (String digest : byStart.getOrDefault(file.substring(0, 8), List.of())) {
                    if (sources.size() < MAX_EXCERPTS) {
                        sources.add(new Source(file.substring(9), digest));
                    }
                }
            }
            return sources;
        }
    }

    /** For each file the first line that has the words of a term. */
    static List<ImageHit.Excerpt> of(
            List<Source> sources, List<ConfigurationTerm> terms, Function<String, Optional<String>> texts) {
        List<ImageHit.Excerpt> excerpts = new ArrayList<>();
        for (Source source : sources) {
            List<String> lines =
                    texts.apply(source.digest()).stream().flatMap(String::lines).toList();
            terms.stream()
                    .flatMap(term -> first(source.path(), lines, term).stream())
                    .findFirst()
                    .ifPresent(excerpts::add);
        }
        return excerpts;
    }

    private static Optional<ImageHit.Excerpt> first(String path, List<String> lines, ConfigurationTerm term) {
        for (int i = 0; i < lines.size(); i++) {
            Optional<Span> span = find(lines.get(i), term);
            if (span.isPresent()) {
                return Optional.of(excerpt(path, i + 1, lines.get(i), span.get()));
            }
        }
        return Optional.empty();
    }

    private static ImageHit.Excerpt excerpt(String path, int number, String line, Span span) {
        int from = Math.max(0, Math.min(span.start() - MAX_LINE / 3, line.length() - MAX_LINE));
        int to = Math.min(line.length(), from + MAX_LINE);
        return new ImageHit.Excerpt(
                path, number, line.substring(from, to), span.start() - from, Math.min(span.end(), to) - from);
    }

    private record Span(int start, int end) {}

    /** Where in a line the words stand side by side. */
    private static Optional<Span> find(String line, ConfigurationTerm term) {
        List<Span> spans = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= line.length(); ) {
            int c = i < line.length() ? line.codePointAt(i) : ' ';
            if (ConfigurationTerm.isWord(c)) {
                start = start < 0 ? i : start;
            } else if (start >= 0) {
                spans.add(new Span(start, i));
                start = -1;
            }
            i += Character.charCount(c);
        }
        int count = term.words().size();
        for (int i = 0; i + count <= spans.size(); i++) {
            if (matches(line, spans.subList(i, i + count), term)) {
                return Optional.of(
                        new Span(spans.get(i).start(), spans.get(i + count - 1).end()));
            }
        }
        return Optional.empty();
    }

    private static boolean matches(String line, List<Span> spans, ConfigurationTerm term) {
        for (int i = 0; i < spans.size(); i++) {
            String word =
                    line.substring(spans.get(i).start(), spans.get(i).end()).toLowerCase(java.util.Locale.ROOT);
            boolean last = i == spans.size() - 1;
            String wanted = term.words().get(i);
            if (!(last && term.prefix() ? word.startsWith(wanted) : word.equals(wanted))) {
                return false;
            }
        }
        return true;
    }
}
