package dev.stemma.ingest.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/**
 * A text without its secrets. In the place of each stands {@code [redacted: RULE]}, always the same whatever the secret was: its length
 * and a digest would help to guess it.
 *
 * @param count how many places were redacted
 */
record Redaction(String text, int count) {

    /** Longer lines are no configuration, and would make patterns slow. */
    static final int MAX_LINE = 4_096;

    static Redaction of(String text, SecretRules rules) {
        Redactor redactor = new Redactor(rules);
        // With a limit, since a text that ends without a line feed is not the one that ends with it.
        for (String line : text.split("\n", -1)) {
            redactor.line(line);
        }
        return new Redaction(String.join("\n", redactor.lines), redactor.count);
    }

    private static final class Redactor {
        private final SecretRules rules;
        private final List<String> lines = new ArrayList<>();
        private int count;
        private SecretRules.@org.jspecify.annotations.Nullable Block open;
        /** Lines that are indented deeper belong to a secret that began before; -1 for none. */
        private int deeperThan = -1;
        /** Whether the last line was a secret that goes on in this one. */
        private boolean goesOn;

        Redactor(SecretRules rules) {
            this.rules = rules;
        }

        void line(String line) {
            SecretRules.Block block = open;
            if (block != null) {
                if (block.to().matcher(line).find()) {
                    open = null;
                    lines.add(line);
                }
                return;
            }
            if (goesOn || deeper(line)) {
                goesOn = goesOn && line.endsWith("\\");
                lines.add(mark("continued"));
                return;
            }
            deeperThan = -1;
            if (line.length() > MAX_LINE) {
                lines.add(mark("long line"));
                return;
            }
            String left = line;
            for (SecretRules.Rule rule : rules.rules()) {
                left = switch (rule) {
                    case SecretRules.Block one -> begun(one, left);
                    case SecretRules.Match one -> without(one, left);
                };
            }
            lines.add(left);
        }

        private boolean deeper(String line) {
            return deeperThan >= 0 && (line.isBlank() || indentation(line) > deeperThan);
        }

        private static int indentation(String line) {
            int at = 0;
            while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
                at++;
            }
            return at;
        }

        private String mark(String rule) {
            count++;
            return "[redacted: " + rule + "]";
        }

        private String begun(SecretRules.Block block, String line) {
            Matcher matcher = block.from().matcher(line);
            if (!matcher.find()) {
                return line;
            }
            String rest = line.substring(matcher.end());
            Matcher end = block.to().matcher(rest);
            if (end.find()) {
                // All on one line, as JSON has it.
                return line.substring(0, matcher.end()) + mark(block.id()) + rest.substring(end.start());
            }
            open = block;
            return line.substring(0, matcher.end()) + "\n" + mark(block.id());
        }

        private String without(SecretRules.Match rule, String line) {
            Matcher matcher = rule.pattern().matcher(line);
            StringBuilder left = new StringBuilder();
            int at = 0;
            while (matcher.find(at)) {
                int from = rule.grouped() ? matcher.start("secret") : matcher.start();
                int to = rule.grouped() ? matcher.end("secret") : matcher.end();
                String secret = line.substring(from, to);
                if (to <= at) {
                    break;
                }
                if (secret.startsWith("[redacted: ")) {
                    left.append(line, at, to);
                } else {
                    goesOnAfter(secret, line);
                    left.append(line, at, from).append(mark(rule.id()));
                }
                at = to;
            }
            return at == 0 ? line : left.append(line, at, line.length()).toString();
        }

        /** A value may go on below: as a block of YAML, or behind a backslash. */
        private void goesOnAfter(String secret, String line) {
            if (secret.startsWith("|") || secret.startsWith(">")) {
                deeperThan = indentation(line);
            }
            goesOn = line.endsWith("\\");
        }
    }
}
