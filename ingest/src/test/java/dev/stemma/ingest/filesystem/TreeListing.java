package dev.stemma.ingest.filesystem;

import dev.stemma.graph.model.GuestName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What GNU find, stat, sha256sum and getfattr said of a tree, as {@code list-tree.sh} wrote it down. */
public final class TreeListing {

    private TreeListing() {}

    /** All below the root, by escaped path. */
    public static SortedMap<String, Listed> read(Path out) throws IOException {
        Map<String, String> digests = digests(suffixed(out, ".sha256"));
        Map<String, String> devices = devices(suffixed(out, ".devices"));
        Map<String, Map<String, String>> attributes = attributes(suffixed(out, ".xattrs"));
        SortedMap<String, Listed> listing = new TreeMap<>();
        List<GuestName> fields = split(Files.readAllBytes(suffixed(out, ".find")));
        for (int i = 0; i < fields.size(); i += 10) {
            if (fields.get(i).length() == 0) {
                continue;
            }
            String path = "/" + fields.get(i).escaped();
            String kind = kind(fields.get(i + 1).escaped());
            String content =
                    switch (kind) {
                        case "file" -> digests.get(path);
                        case "link" -> fields.get(i + 6).escaped();
                        case "block", "char" -> devices.get(path);
                        default -> "";
                    };
            listing.put(
                    path,
                    new Listed(
                            kind,
                            kind.equals("file") ? number(fields.get(i + 2)) : 0,
                            fields.get(i + 3).escaped(),
                            number(fields.get(i + 4)),
                            number(fields.get(i + 5)),
                            number(fields.get(i + 7)),
                            kind.equals("dir") ? 0 : number(fields.get(i + 8)),
                            content == null ? "not listed" : content,
                            attributes.getOrDefault(path, Map.of())));
        }
        return listing;
    }

    private static Path suffixed(Path out, String suffix) {
        return out.resolveSibling(out.getFileName() + suffix);
    }

    private static String kind(String letter) {
        return switch (letter) {
            case "f" -> "file";
            case "d" -> "dir";
            case "l" -> "link";
            case "b" -> "block";
            case "c" -> "char";
            case "p" -> "fifo";
            case "s" -> "socket";
            default -> "find says " + letter;
        };
    }

    private static long number(GuestName field) {
        return Long.parseLong(field.escaped());
    }

    private static Map<String, String> digests(Path file) throws IOException {
        Map<String, String> digests = new HashMap<>();
        for (GuestName line : split(Files.readAllBytes(file))) {
            byte[] bytes = line.bytes();
            String hex = new String(bytes, 0, 64, StandardCharsets.US_ASCII);
            digests.put(path(java.util.Arrays.copyOfRange(bytes, 66, bytes.length)), hex);
        }
        return digests;
    }

    private static Map<String, String> devices(Path file) throws IOException {
        Map<String, String> devices = new HashMap<>();
        List<GuestName> fields = split(Files.readAllBytes(file));
        for (int i = 0; i < fields.size(); i += 3) {
            devices.put(
                    path(fields.get(i).bytes()),
                    Integer.parseInt(fields.get(i + 1).escaped(), 16) + ":"
                            + Integer.parseInt(fields.get(i + 2).escaped(), 16));
        }
        return devices;
    }

    /** getfattr writes {@code # file: PATH} with octal escapes, then {@code name=0xHEX} lines. */
    private static Map<String, Map<String, String>> attributes(Path file) throws IOException {
        Map<String, Map<String, String>> all = new HashMap<>();
        Map<String, String> current = new TreeMap<>();
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            int equals = line.indexOf('=');
            if (line.startsWith("# file: ")) {
                current = new TreeMap<>();
                all.put(path(octal(line.substring("# file: ".length()))), current);
            } else if (equals > 0) {
                current.put(
                        line.substring(0, equals), line.substring(equals + 1).replaceFirst("^0x", ""));
            }
        }
        return all;
    }

    private static byte[] octal(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                bytes.write(Integer.parseInt(text, i + 1, i + 4, 8));
                i += 3;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    /** Escaped, with {@code ./} taken off. */
    private static String path(byte[] bytes) {
        String escaped = GuestName.of(bytes).escaped();
        return "/" + (escaped.startsWith("./") ? escaped.substring(2) : escaped);
    }

    private static List<GuestName> split(byte[] bytes) {
        List<GuestName> fields = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                fields.add(GuestName.of(java.util.Arrays.copyOfRange(bytes, start, i)));
                start = i + 1;
            }
        }
        return fields;
    }
}
