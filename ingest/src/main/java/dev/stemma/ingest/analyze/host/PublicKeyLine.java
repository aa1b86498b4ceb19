package dev.stemma.ingest.analyze.host;

import dev.stemma.graph.model.GuestFact.SshKey;
import java.util.Optional;

/**
 * A line of authorized_keys or of a {@code .pub} file, sshd(8) "AUTHORIZED_KEYS FILE FORMAT": options, type, base64, comment. Options are
 * skipped: they may hold commands with secrets.
 */
record PublicKeyLine(SshKey key, Optional<String> comment) {

    private static final int MAX_WORDS = 5_000;

    /** Empty when the line holds no key. */
    static Optional<PublicKeyLine> parse(String line) {
        int at = 0;
        for (int word = 0; word < MAX_WORDS && at < line.length(); word++) {
            int end = end(line, at);
            String type = line.substring(at, end);
            if (isType(type)) {
                String[] rest = line.substring(end).strip().split("\\s+", 2);
                Optional<String> comment =
                        rest.length == 2 && !rest[1].isBlank() ? Optional.of(rest[1].strip()) : Optional.empty();
                return PublicKeys.parse(rest[0])
                        .filter(key -> key.type().equals(type))
                        .map(key -> new PublicKeyLine(key, comment));
            }
            at = end;
            while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
                at++;
            }
        }
        return Optional.empty();
    }

    /** Where a word ends; blanks between quotation marks are part of it. */
    private static int end(String line, int from) {
        boolean quoted = false;
        int at = from;
        while (at < line.length() && (quoted || !Character.isWhitespace(line.charAt(at)))) {
            if (line.charAt(at) == '\\' && quoted) {
                at++;
            } else if (line.charAt(at) == '"') {
                quoted = !quoted;
            }
            at++;
        }
        return Math.min(at, line.length());
    }

    private static boolean isType(String word) {
        return word.startsWith("ssh-") || word.startsWith("ecdsa-sha2-") || word.startsWith("sk-");
    }
}
