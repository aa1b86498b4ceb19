package dev.stemma.ingest.summary;

import dev.stemma.graph.model.ContentSummary;
import dev.stemma.graph.model.GuestName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script by its first line, as execve(2) reads it. */
final class ScriptFacts {

    /** Linux looks at no more of the first line (BINPRM_BUF_SIZE). */
    static final int MAX_LINE_BYTES = 256;

    /** The path, and of {@code env} the first argument that is no option and no assignment. */
    private static final Pattern LINE =
            Pattern.compile("#![ \\t]*(?<path>/\\S+)(?:[ \\t]+(?:-\\S*[ \\t]+|\\S+=\\S*[ \\t]+)*(?<argument>\\S+))?.*");

    private static final Pattern VERSION = Pattern.compile("[0-9.-].*$");

    private static final Map<String, String> MIME_TYPES = Map.ofEntries(
            Map.entry("sh", "text/x-shellscript"),
            Map.entry("bash", "text/x-shellscript"),
            Map.entry("dash", "text/x-shellscript"),
            Map.entry("ksh", "text/x-shellscript"),
            Map.entry("zsh", "text/x-shellscript"),
            Map.entry("csh", "text/x-shellscript"),
            Map.entry("tcsh", "text/x-shellscript"),
            Map.entry("perl", "text/x-perl"),
            Map.entry("python", "text/x-script.python"),
            Map.entry("awk", "text/x-awk"),
            Map.entry("gawk", "text/x-gawk"),
            Map.entry("nawk", "text/x-nawk"),
            Map.entry("ruby", "text/x-ruby"),
            Map.entry("php", "text/x-php"),
            Map.entry("lua", "text/x-lua"),
            Map.entry("wish", "text/x-tcl"),
            Map.entry("tclsh", "text/x-tcl"),
            Map.entry("node", "application/javascript"));

    private ScriptFacts() {}

    /** @param start of the content */
    static Optional<ContentSummary> of(byte[] start) {
        int end = 0;
        while (end < Math.min(start.length, MAX_LINE_BYTES) && start[end] != '\n' && start[end] != '\r') {
            end++;
        }
        // Escaped, whatever bytes they are: the interpreter goes where names go.
        Matcher line = LINE.matcher(GuestName.of(Arrays.copyOf(start, end)).escaped());
        if (!line.matches()) {
            return Optional.empty();
        }
        String interpreter = line.group("path");
        String name = interpreter.substring(interpreter.lastIndexOf('/') + 1);
        if (name.equals("env") && line.group("argument") != null) {
            interpreter = line.group("argument");
            name = interpreter;
        }
        String mimeType = MIME_TYPES.getOrDefault(VERSION.matcher(name).replaceFirst(""), "text/plain");
        return Optional.of(
                new ContentSummary(mimeType, Optional.empty(), List.of(), Optional.empty(), Optional.of(interpreter)));
    }
}
