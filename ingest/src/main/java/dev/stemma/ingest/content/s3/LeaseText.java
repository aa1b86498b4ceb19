package dev.stemma.ingest.content.s3;

import dev.stemma.ingest.content.DamagedStoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the lease of a store says; {@code docs/formats/store.adoc} gives the form.
 *
 * @param token counts up with each owner, from 1
 * @param owner a word that no other owner has
 * @param process whose it is, for people
 * @param lasts from when it was written last; zero when nobody has it
 */
record LeaseText(long token, String owner, String process, Duration lasts) {

    static final int MAX_BYTES = 1_024;

    private static final Duration MAX = Duration.ofDays(1);
    private static final Pattern TEXT = Pattern.compile(
            "stemma-lease 1\ntoken ([0-9]{1,18})\nowner ([0-9a-f-]{36})\nprocess ([ -~]{1,300})\nmillis ([0-9]{1,9})\n");

    byte[] bytes() {
        return ("stemma-lease 1\ntoken " + token + "\nowner " + owner + "\nprocess " + process + "\nmillis "
                        + lasts.toMillis() + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    static LeaseText parse(String where, byte[] text) throws DamagedStoreException {
        Matcher matcher = TEXT.matcher(new String(text, StandardCharsets.ISO_8859_1));
        if (text.length > MAX_BYTES || !matcher.matches()) {
            throw new DamagedStoreException(
                    where + " is no lease of this version; where no process has the store open, delete it");
        }
        Duration lasts = Duration.ofMillis(Long.parseLong(matcher.group(4)));
        return new LeaseText(
                Long.parseLong(matcher.group(1)),
                matcher.group(2),
                matcher.group(3),
                lasts.compareTo(MAX) > 0 ? MAX : lasts);
    }
}
