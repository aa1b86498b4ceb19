package dev.stemma.ingest.analyze.pacman;

import dev.stemma.graph.model.Checksum;
import dev.stemma.graph.model.Checksum.Algorithm;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The checksums of a package's files, from the mtree(5) text that makepkg put into it: {@code ./path key=value …}, gzip-compressed,
 * blanks and the like in paths written as {@code \ooo}.
 *
 * @param byPath without a slash in front, bytes as Latin-1 characters
 */
record PackageTree(Map<String, Checksum> byPath) {

    private static final int MAX_BYTES = 128 << 20;

    PackageTree {
        byPath = Map.copyOf(byPath);
    }

    static PackageTree parse(byte[] compressed, Origin origin) throws Corrupt, OverBudget {
        Map<String, Checksum> byPath = new HashMap<>();
        for (String line : (Iterable<String>) text(compressed, origin).lines()::iterator) {
            String[] words = line.split(" ");
            if (words.length > 1 && words[0].startsWith("./")) {
                sha256(words).ifPresent(checksum -> byPath.put(unescaped(words[0].substring(2)), checksum));
            }
        }
        return new PackageTree(byPath);
    }

    private static String text(byte[] compressed, Origin origin) throws Corrupt, OverBudget {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new OverBudget("size-limit", origin, "is longer than " + MAX_BYTES + " bytes, uncompressed");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new Corrupt("bad-value", origin, "cannot be uncompressed", null, e);
        }
    }

    private static Optional<Checksum> sha256(String[] words) {
        Optional<Checksum> found = Optional.empty();
        for (String word : words) {
            if (word.startsWith("sha256digest=")) {
                return Checksum.find(Algorithm.SHA256, word.substring("sha256digest=".length()));
            }
            if (word.startsWith("md5digest=")) {
                found = Checksum.find(Algorithm.MD5, word.substring("md5digest=".length()));
            }
        }
        return found;
    }

    private static String unescaped(String path) {
        if (path.indexOf('\\') < 0) {
            return path;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '\\' && path.substring(i + 1).matches("(?s)[0-3][0-7]{2}.*")) {
                plain.append((char) Integer.parseInt(path.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                plain.append(path.charAt(i));
            }
        }
        return plain.toString();
    }
}
