package dev.stemma.ingest.text;

import dev.stemma.graph.id.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kept texts as bytes; the form is in {@code docs/formats/text.adoc}. */
final class TextForm {

    private static final Pattern HEADER = Pattern.compile("#stemma-text 1\n#content bytes=(?<bytes>\\d{1,9})"
            + " form=(?:text|binary)\n#kept (?:none|sha256=(?<sha256>[0-9a-f]{64}) rules=(?<rules>[a-z]+/\\d{1,9})"
            + " redacted=(?<redacted>\\d{1,9}))\n");

    private static final int MAX_HEADER_BYTES = 300;

    private TextForm() {}

    /** What is kept of a content; secrets are out of it. */
    static KeptText kept(Digest content, byte[] bytes, SecretRules rules) {
        Charset charset = charset(bytes);
        if (charset == null) {
            return new KeptText.Binary(content, bytes.length);
        }
        Redaction redaction = Redaction.of(new String(bytes, charset), rules);
        return new KeptText.Text(content, bytes.length, rules.name(), redaction.count(), redaction.text());
    }

    /** The one that the bytes are text in; null when they are none. */
    private static @org.jspecify.annotations.Nullable Charset charset(byte[] bytes) {
        boolean high = false;
        for (byte b : bytes) {
            int c = b & 0xff;
            if (c < 32 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 27) {
                return null;
            }
            high |= c >= 127 && c < 160;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException e) {
            return high ? null : StandardCharsets.ISO_8859_1;
        }
    }

    static byte[] bytes(KeptText kept) {
        StringBuilder form = new StringBuilder("#stemma-text 1\n#content bytes=").append(kept.sizeBytes());
        switch (kept) {
            case KeptText.Binary _ -> form.append(" form=binary\n#kept none\n");
            case KeptText.Text text -> {
                byte[] body = text.text().getBytes(StandardCharsets.UTF_8);
                form.append(" form=text\n#kept sha256=")
                        .append(Digest.sha256(body).hex())
                        .append(" rules=")
                        .append(text.rules())
                        .append(" redacted=")
                        .append(text.redacted())
                        .append('\n')
                        .append(text.text());
            }
        }
        return form.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param content digest that it is kept under
     * @throws IllegalArgumentException when it is not in its form, or its text is not the one that was written
     */
    static KeptText parse(Digest content, byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, MAX_HEADER_BYTES), StandardCharsets.ISO_8859_1);
        Matcher header = HEADER.matcher(start);
        if (!header.lookingAt()) {
            throw new IllegalArgumentException("it does not start as a kept text of version 1");
        }
        long size = Long.parseLong(header.group("bytes"));
        if (header.group("sha256") == null) {
            return new KeptText.Binary(content, size);
        }
        byte[] body = Arrays.copyOfRange(bytes, header.end(), bytes.length);
        if (!Digest.sha256(body).hex().equals(header.group("sha256"))) {
            throw new IllegalArgumentException("its text is not the one that was written");
        }
        return new KeptText.Text(
                content,
                size,
                header.group("rules"),
                Integer.parseInt(header.group("redacted")),
                new String(body, StandardCharsets.UTF_8));
    }
}
