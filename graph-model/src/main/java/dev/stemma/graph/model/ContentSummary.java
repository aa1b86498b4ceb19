package dev.stemma.graph.model;

import java.util.List;
import java.util.Optional;

/**
 * What a program's content says of itself: an ELF file or a script.
 *
 * @param mimeType as {@code file --mime-type} calls it: {@code application/x-pie-executable}, {@code text/x-shellscript}
 * @param buildId of an ELF file, in hexadecimal: the same for a program and its separate debug information
 * @param libraries that it needs at run time, in its order: {@code libc.so.6}
 * @param libraryName that it is found by as a library: {@code libssl.so.3}
 * @param interpreter path of what runs it: a dynamic loader, or what stands behind {@code #!}; escaped as names are
 */
public record ContentSummary(
        String mimeType,
        Optional<String> buildId,
        List<String> libraries,
        Optional<String> libraryName,
        Optional<String> interpreter) {

    public ContentSummary {
        libraries = List.copyOf(libraries);
    }
}
