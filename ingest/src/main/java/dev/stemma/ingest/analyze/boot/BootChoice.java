package dev.stemma.ingest.analyze.boot;

import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.ImageProblem;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What starts unless somebody chooses otherwise.
 *
 * @param kernel path as the configuration has it
 * @param commandLine its parameters, secrets redacted
 */
record BootChoice(Optional<String> kernel, Optional<String> commandLine) {

    /** Most that Linux takes on x86, COMMAND_LINE_SIZE. */
    private static final int MAX_LINE = 2_048;

    /** Nothing says it. */
    static final BootChoice NONE = new BootChoice(Optional.empty(), Optional.empty());

    /** Parameters whose value is, or may be, a secret. */
    private static final Pattern SECRET =
            Pattern.compile("(?i)([a-z0-9_.-]*(?:pass|secret|token|key|credential)[a-z0-9_.-]*)=(?:\"[^\"]*\"?|\\S+)");

    /** A user's part in a URL: {@code http://user:password@host/}. */
    private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]{1,200}@");

    /** A configuration, and who understands it; empty when it is not there. */
    record Source(GuestPath path, Parser parser) {
        BootChoice read(GuestFiles files, GuestPath path) throws ImageProblem {
            return parser.parse(files, path);
        }
    }

    interface Parser {
        BootChoice parse(GuestFiles files, GuestPath path) throws ImageProblem;
    }

    /** In the order of trust: what a loader reads before what its configuration is made of. */
    static final List<Source> SOURCES = List.of(
            source("/boot/grub/grub.cfg", GrubConfiguration::parse),
            source("/boot/grub2/grub.cfg", GrubConfiguration::parse),
            source("/boot/efi/loader", LoaderEntries::parse),
            source("/efi/loader", LoaderEntries::parse),
            source("/boot/loader", LoaderEntries::parse),
            source("/boot/extlinux/extlinux.conf", SyslinuxConfiguration::parse),
            source("/extlinux.conf", SyslinuxConfiguration::parse),
            source("/boot/extlinux.conf", SyslinuxConfiguration::parse),
            source("/boot/syslinux/syslinux.cfg", SyslinuxConfiguration::parse),
            source("/syslinux/syslinux.cfg", SyslinuxConfiguration::parse),
            source("/syslinux.cfg", SyslinuxConfiguration::parse));

    private static Source source(String path, Parser parser) {
        return new Source(GuestPath.parse(path), parser);
    }

    /** @param commandLine as it is written; empty for none */
    static BootChoice of(String kernel, String commandLine) {
        String bounded = commandLine.length() > MAX_LINE ? commandLine.substring(0, MAX_LINE) : commandLine;
        String redacted = SECRET.matcher(bounded).replaceAll("$1=REDACTED");
        redacted = USER_INFO.matcher(redacted).replaceAll("://REDACTED@");
        return new BootChoice(
                Optional.of(kernel).filter(text -> !text.isEmpty()).map(GuestText::shown),
                Optional.of(redacted.strip()).filter(text -> !text.isEmpty()).map(GuestText::shown));
    }
}
