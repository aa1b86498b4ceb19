package dev.stemma.ingest.analyze.dpkg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A package as the status file has it, checked against Debian Policy 5.6: what does not fit the grammar is refused and
 * not carried further.
 *
 * @param selection dpkg's word for what is wanted: {@code install}, {@code hold}, {@code deinstall}, …
 * @param state dpkg's word for what is
 * @param conffiles in the order of the file
 */
record StatusEntry(
        String name,
        String version,
        String architecture,
        String selection,
        String state,
        Optional<String> sourceName,
        Optional<String> sourceVersion,
        List<Conffile> conffiles) {

    static final String NOT_INSTALLED = "not-installed";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+.-]{0,255}", Pattern.CASE_INSENSITIVE);
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.+~:_-]{1,255}");
    private static final Pattern ARCHITECTURE = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern STATUS = Pattern.compile("([a-z]{1,20}) +([a-z-]{1,20}) +([a-z-]{1,20})");
    private static final Pattern SOURCE = Pattern.compile("([^ (]+)(?: *\\(([^)]+)\\))?");
    private static final Pattern CONFFILE =
            Pattern.compile(" (/.*) ([0-9a-f]{32}|newconffile)(?: obsolete| remove-on-upgrade)*");
    private static final int MAX_CONFFILES = 100_000;

    StatusEntry {
        conffiles = List.copyOf(conffiles);
    }

    /** A path with the checksum of what the package shipped; the path's bytes stand as Latin-1 characters. */
    record Conffile(String path, Optional<String> md5) {}

    /**
     * @throws IllegalArgumentException with what is wrong, guest bytes left out
     */
    static StatusEntry of(Stanza stanza) {
        String name = checked(stanza, "package", NAME);
        Matcher status = STATUS.matcher(stanza.field("status").orElse("install ok installed"));
        if (!status.matches()) {
            throw new IllegalArgumentException(name + " has a Status that is not three words");
        }
        String state = status.group(3);
        if (state.equals(NOT_INSTALLED)) {
            String architecture = stanza.field("architecture")
                    .filter(word -> ARCHITECTURE.matcher(word).matches())
                    .orElse("");
            return new StatusEntry(
                    name, "", architecture, status.group(1), state, Optional.empty(), Optional.empty(), List.of());
        }
        String version = checked(stanza, "version", VERSION);
        Matcher source = SOURCE.matcher(stanza.field("source").orElse(""));
        boolean hasSource = source.matches() && NAME.matcher(source.group(1)).matches();
        Optional<String> sourceVersion = hasSource
                ? Optional.ofNullable(source.group(2))
                        .filter(text -> VERSION.matcher(text).matches())
                : Optional.empty();
        return new StatusEntry(
                name,
                version,
                checked(stanza, "architecture", ARCHITECTURE),
                status.group(1),
                state,
                hasSource ? Optional.of(source.group(1)).filter(text -> !text.equals(name)) : Optional.empty(),
                sourceVersion.filter(text -> !text.equals(version)),
                conffiles(stanza));
    }

    private static String checked(Stanza stanza, String field, Pattern grammar) {
        String value = stanza.field(field)
                .orElseThrow(() -> new IllegalArgumentException(who(stanza) + " has no field " + field));
        if (!grammar.matcher(value).matches()) {
            throw new IllegalArgumentException(who(stanza) + " has a field " + field + " that is not well-formed");
        }
        return value;
    }

    private static String who(Stanza stanza) {
        return stanza.field("package")
                .filter(name -> NAME.matcher(name).matches())
                .orElse("a paragraph");
    }

    private static List<Conffile> conffiles(Stanza stanza) {
        List<Conffile> conffiles = new ArrayList<>();
        for (String line : stanza.field("conffiles").orElse("").split("\n", MAX_CONFFILES)) {
            Matcher matcher = CONFFILE.matcher(line);
            if (matcher.matches()) {
                conffiles.add(new Conffile(
                        matcher.group(1), Optional.of(matcher.group(2)).filter(md5 -> md5.length() == 32)));
            }
        }
        return conffiles;
    }

    /** One package for each architecture; a later entry takes the place of an earlier one, as in dpkg's journal. */
    String key() {
        return name + ":" + architecture;
    }
}
