package dev.stemma.queries.insight;

import dev.stemma.queries.problem.QueryProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A question that has a name. Its text begins with comments that say what it asks and what it wants to be told; Cypher follows.
 *
 * <pre>
 * // Question: Which certificates expire soon?
 * // Parameter days (number, 30): how many days to look ahead
 * MATCH …
 * </pre>
 *
 * @param title the question itself, in words
 * @param cypher the text without its head
 */
public record Question(String name, String title, List<Parameter> parameters, String cypher) {

    /** What a name looks like: {@code shared-host-keys}. */
    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    private static final Pattern TITLE = Pattern.compile("//\\s*Question:\\s*(?<title>\\S.*)");
    private static final Pattern PARAMETER = Pattern.compile(
            "//\\s*Parameter (?<name>[A-Za-z][A-Za-z0-9]*) \\((?<kind>[a-z]+)(?:, ?(?<usual>[^)]*))?\\):\\s*(?<meaning>\\S.*)");
    private static final Pattern USED = Pattern.compile("\\$([A-Za-z][A-Za-z0-9]*)");

    public Question {
        parameters = List.copyOf(parameters);
    }

    /**
     * Reads a question.
     *
     * @throws QueryProblem INVALID, with the line, when its head is not as it should be, or does not name what the query uses
     */
    static Question parse(String name, String text) {
        List<String> lines = text.lines().toList();
        List<Parameter> parameters = new ArrayList<>();
        Matcher title = TITLE.matcher(lines.isEmpty() ? "" : lines.getFirst().strip());
        if (!title.matches()) {
            throw problem(name, 1, "the first line is // Question: and what it asks");
        }
        int at = 1;
        for (; at < lines.size() && lines.get(at).strip().startsWith("//"); at++) {
            String line = lines.get(at).strip();
            if (line.matches("//\\s*Parameter\\b.*")) {
                parameters.add(parameter(name, at + 1, line));
            }
        }
        String cypher = String.join("\n", lines.subList(at, lines.size())).strip();
        requireSame(name, parameters, cypher);
        return new Question(name, title.group("title"), parameters, cypher);
    }

    private static Parameter parameter(String question, int line, String text) {
        Matcher found = PARAMETER.matcher(text);
        Optional<Parameter.Kind> kind = found.matches() ? Parameter.Kind.find(found.group("kind")) : Optional.empty();
        if (kind.isEmpty()) {
            throw problem(
                    question,
                    line,
                    "a parameter is written // Parameter NAME (text, number or list, and what is usual): what it means");
        }
        return new Parameter(
                found.group("name"), kind.get(), Optional.ofNullable(found.group("usual")), found.group("meaning"));
    }

    private static void requireSame(String name, List<Parameter> parameters, String cypher) {
        Set<String> used = USED.matcher(cypher)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> told = parameters.stream().map(Parameter::name).collect(Collectors.toCollection(TreeSet::new));
        if (!used.equals(told) || told.size() < parameters.size()) {
            throw problem(name, 1, "its head names the parameters " + told + ", each once, and its query uses " + used);
        }
    }

    private static QueryProblem problem(String question, int line, String message) {
        return new QueryProblem(QueryProblem.Code.INVALID, "question " + question + ", line " + line + ": " + message);
    }

    /**
     * The values to send for what was said.
     *
     * @throws QueryProblem INVALID when something is missing, unknown or of another kind
     */
    Map<String, Object> values(Map<String, String> given) {
        Set<String> unknown = new TreeSet<>(given.keySet());
        Map<String, Object> values = new HashMap<>();
        for (Parameter parameter : parameters) {
            unknown.remove(parameter.name());
            String text = Optional.ofNullable(given.get(parameter.name()))
                    .or(parameter::usual)
                    .orElseThrow(() -> new QueryProblem(
                            QueryProblem.Code.INVALID,
                            "the question " + name + " wants to be told " + parameter.name() + ": "
                                    + parameter.meaning()));
            values.put(parameter.name(), parameter.value(text));
        }
        if (!unknown.isEmpty()) {
            throw new QueryProblem(
                    QueryProblem.Code.INVALID,
                    "the question " + name + " has no parameter "
                            + unknown.iterator().next() + "; it has "
                            + parameters.stream().map(Parameter::name).toList());
        }
        return values;
    }
}
