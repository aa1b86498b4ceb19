package dev.stemma.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A command in the guide with the output that the guide shows for it.
 *
 * <p>Examples stand in {@code [source,console]} blocks. A line that starts with {@code $ } is a command, which further
 * lines continue where it ends with a backslash; what follows, up to the next command, is what it prints. In shown output,
 * {@code …} stands for anything: inside a line for a piece of it, alone on a line for any lines.
 *
 * @param page the guide's file
 * @param line of the command in it, from 1
 * @param command without the prompt
 * @param shown lines, in order
 */
record Example(Path page, int line, String command, List<String> shown) {

    /** All examples of a page, in order. */
    static List<Example> of(Path page, String text) {
        List<Example> examples = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).equals("[source,console]") && lines.get(i + 1).equals("----")) {
                i = block(page, lines, i + 2, examples);
            }
        }
        return examples;
    }

    private static int block(Path page, List<String> lines, int from, List<Example> examples) {
        int i = from;
        while (!lines.get(i).equals("----")) {
            if (!lines.get(i).startsWith("$ ")) {
                throw new IllegalArgumentException(page + ":" + (i + 1) + ": a console block starts with a command");
            }
            int start = i;
            StringBuilder command = new StringBuilder(lines.get(i).substring(2));
            while (command.charAt(command.length() - 1) == '\\') {
                command.setLength(command.length() - 1);
                command.append(lines.get(++i).strip());
            }
            List<String> shown = new ArrayList<>();
            for (i++; !lines.get(i).equals("----") && !lines.get(i).startsWith("$ "); i++) {
                shown.add(lines.get(i));
            }
            examples.add(new Example(page, start + 1, command.toString(), List.copyOf(shown)));
        }
        return i;
    }

    /** The shown lines as one pattern over the whole output. */
    Pattern pattern() {
        StringBuilder pattern = new StringBuilder();
        for (String line : shown) {
            if (line.equals("…")) {
                pattern.append("(?:.*\\R)*?");
            } else {
                pattern.append("[ \\t]*");
                for (String word : line.strip().split("(?<=…)|(?=…)|\\s+", -1)) {
                    pattern.append(word.equals("…") ? ".*?" : Pattern.quote(word))
                            .append("\\s*?");
                }
                pattern.append("[ \\t]*\\R");
            }
        }
        return Pattern.compile(pattern.toString());
    }

    @Override
    public String toString() {
        return page.getFileName() + ":" + line + " $ " + command;
    }
}
