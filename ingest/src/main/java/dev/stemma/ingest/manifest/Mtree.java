package dev.stemma.ingest.manifest;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.model.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries as lines of {@code mtree(5)}, and back. What {@code mtree} has no keyword for stands in a comment below the
 * entry, so that every reader of the format takes the text without a warning.
 */
final class Mtree {

    static final String SIGNATURE = "#mtree";
    static final String VERSION = "#stemma-manifest 1";
    static final String SECTION = "#file-system ";
    static final String MORE = "#+ ";
    private static final String XATTR = "xattr.";

    private Mtree() {}

    static void append(StringBuilder text, ManifestLine.Section section) {
        text.append(SECTION).append("volume=").append(section.volume());
        text.append(" partition=").append(section.partition());
        text.append(" type=").append(Vis.escape(GuestName.ofText(section.type())));
        section.uuid().ifPresent(uuid -> text.append(" uuid=").append(Vis.escape(GuestName.ofText(uuid))));
        section.label().ifPresent(label -> text.append(" label=").append(Vis.escape(GuestName.ofText(label))));
        text.append('\n');
    }

    static void append(StringBuilder text, Entry entry) {
        text.append('.');
        for (GuestName name : entry.path().names()) {
            Vis.append(text.append('/'), name);
        }
        Attributes attributes = entry.attributes();
        text.append(" type=").append(entry.payload().kind()).append(" mode=0");
        text.append(Integer.toOctalString(attributes.mode()));
        text.append(" uid=").append(attributes.uid()).append(" gid=").append(attributes.gid());
        text.append(" nlink=").append(attributes.links()).append(" inode=").append(attributes.inode());
        time(text, " time=", attributes.times().modified());
        switch (entry.payload()) {
            case Payload.File file -> {
                text.append(" size=").append(file.sizeBytes());
                file.digest().ifPresent(digest -> text.append(" sha256digest=").append(digest.hex()));
            }
            case Payload.Link link -> Vis.append(text.append(" link="), link.target());
            case Payload.Device device ->
                text.append(" device=native,")
                        .append(device.major())
                        .append(',')
                        .append(device.minor());
            case Payload.Directory _, Payload.Pipe _, Payload.Socket _ -> {}
        }
        text.append('\n');
        more(text, attributes);
    }

    private static void more(StringBuilder text, Attributes attributes) {
        int start = text.length();
        attributes.times().changed().ifPresent(at -> time(text, " ctime=", at));
        attributes.times().accessed().ifPresent(at -> time(text, " atime=", at));
        attributes.times().born().ifPresent(at -> time(text, " btime=", at));
        for (Map.Entry<GuestName, GuestName> xattr : attributes.xattrs().entrySet()) {
            Vis.append(text.append(' ').append(XATTR), xattr.getKey());
            text.append('=')
                    .append(Base64.getEncoder().encodeToString(xattr.getValue().bytes()));
        }
        if (text.length() > start) {
            text.replace(start, start + 1, MORE).append('\n');
        }
    }

    private static void time(StringBuilder text, String keyword, Instant time) {
        String nanos = Integer.toString(time.getNano());
        text.append(keyword)
                .append(time.getEpochSecond())
                .append('.')
                .repeat('0', 9 - nanos.length())
                .append(nanos);
    }

    static ManifestLine.Section parseSection(String line) {
        Map<String, String> words = words(line.substring(SECTION.length()), 0);
        return new ManifestLine.Section(
                Integer.parseInt(require(words, "volume")),
                Integer.parseInt(require(words, "partition")),
                text(require(words, "type")),
                Optional.ofNullable(words.get("uuid")).map(Mtree::text),
                Optional.ofNullable(words.get("label")).map(Mtree::text));
    }

    private static String text(String escaped) {
        return new String(Vis.parse(escaped).bytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    static GuestPath parsePath(String line) {
        int end = line.indexOf(' ');
        String path = end < 0 ? line : line.substring(0, end);
        if (path.equals(".")) {
            return GuestPath.ROOT;
        }
        if (!path.startsWith("./")) {
            throw new IllegalArgumentException("an entry starts with '.': " + path);
        }
        List<GuestName> names = new ArrayList<>();
        for (String name : path.substring(2).split("/", -1)) {
            names.add(Vis.parse(name));
        }
        return new GuestPath(names);
    }

    /** @param more the comment below it, or empty */
    static Entry parse(String line, String more) {
        GuestPath path = parsePath(line);
        Map<String, String> words = words(line, line.indexOf(' ') + 1);
        Map<String, String> extra = more.isEmpty() ? Map.of() : words(more, MORE.length());
        Times times = new Times(
                instant(require(words, "time")),
                Optional.ofNullable(extra.get("ctime")).map(Mtree::instant),
                Optional.ofNullable(extra.get("atime")).map(Mtree::instant),
                Optional.ofNullable(extra.get("btime")).map(Mtree::instant));
        SortedMap<GuestName, GuestName> xattrs = new TreeMap<>();
        extra.forEach((key, value) -> {
            if (key.startsWith(XATTR)) {
                xattrs.put(
                        Vis.parse(key.substring(XATTR.length())),
                        GuestName.of(Base64.getDecoder().decode(value)));
            }
        });
        Attributes attributes = new Attributes(
                Integer.parseInt(require(words, "mode"), 8),
                Long.parseLong(require(words, "uid")),
                Long.parseLong(require(words, "gid")),
                times,
                Long.parseLong(require(words, "inode")),
                Long.parseLong(require(words, "nlink")),
                xattrs);
        return new Entry(path, attributes, payload(words));
    }

    /** Adds an entry that is a file with a digest. Blanks and equals signs in names are escaped, so a word is what it looks like. */
    static void addDigest(String line, FileDigests digests) {
        int from = line.indexOf(' ');
        String digest = word(line, " sha256digest=", from);
        if (digest != null && "file".equals(word(line, " type=", from))) {
            String time = required(line, " time=", from);
            int point = time.indexOf('.');
            digests.add(
                    Long.parseLong(required(line, " inode=", from)),
                    Long.parseLong(required(line, " size=", from)),
                    FileDigests.nanos(
                            Long.parseLong(time.substring(0, point)), Long.parseLong(time.substring(point + 1))),
                    Digest.parse(digest));
        }
    }

    /** Gives the content of an entry, and its bytes, when it is a file, was read and is not empty. */
    static void content(String line, ObjLongConsumer<Digest> contents) {
        int from = line.indexOf(' ');
        String digest = word(line, " sha256digest=", from);
        if (digest != null && "file".equals(word(line, " type=", from))) {
            long bytes = Long.parseLong(required(line, " size=", from));
            if (bytes > 0) {
                contents.accept(Digest.parse(digest), bytes);
            }
        }
    }

    private static @Nullable String word(String line, String key, int from) {
        int at = from < 0 ? -1 : line.indexOf(key, from);
        if (at < 0) {
            return null;
        }
        int end = line.indexOf(' ', at + key.length());
        return line.substring(at + key.length(), end < 0 ? line.length() : end);
    }

    private static String required(String line, String key, int from) {
        String value = word(line, key, from);
        if (value == null) {
            throw new IllegalArgumentException("a file without" + key);
        }
        return value;
    }

    private static Payload payload(Map<String, String> words) {
        String type = require(words, "type");
        return switch (type) {
            case "file" ->
                new Payload.File(
                        Long.parseLong(require(words, "size")),
                        Optional.ofNullable(words.get("sha256digest")).map(Digest::parse));
            case "dir" -> new Payload.Directory();
            case "link" -> new Payload.Link(Vis.parse(require(words, "link")));
            case "block", "char" -> {
                String[] numbers = require(words, "device").split(",", -1);
                yield new Payload.Device(type.equals("block"), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
            }
            case "fifo" -> new Payload.Pipe();
            case "socket" -> new Payload.Socket();
            default -> throw new IllegalArgumentException("no type of entry: " + type);
        };
    }

    private static Instant instant(String value) {
        int point = value.indexOf('.');
        return Instant.ofEpochSecond(
                Long.parseLong(value.substring(0, point)), Long.parseLong(value.substring(point + 1)));
    }

    private static String require(Map<String, String> words, String key) {
        String value = words.get(key);
        if (value == null) {
            throw new IllegalArgumentException("an entry without " + key);
        }
        return value;
    }

    private static Map<String, String> words(String line, int from) {
        Map<String, String> words = new HashMap<>();
        for (int at = from; at < line.length(); ) {
            int end = line.indexOf(' ', at);
            end = end < 0 ? line.length() : end;
            int equals = line.indexOf('=', at);
            if (equals > at && equals < end) {
                words.put(line.substring(at, equals), line.substring(equals + 1, end));
            }
            at = end + 1;
        }
        return words;
    }
}
