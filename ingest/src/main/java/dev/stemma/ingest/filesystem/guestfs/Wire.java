package dev.stemma.ingest.filesystem.guestfs;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages between Stemma and the process that holds an appliance: a word, then byte strings. Both sides bound what they
 * take, for what is in it may come from a guest.
 *
 * @param word the request, or {@code ok}, {@code failed}
 */
record Wire(String word, List<byte[]> parts) {

    private static final int MAX_PARTS = 1 << 20;
    private static final int MAX_BYTES = 64 << 20;

    void send(DataOutputStream out) throws IOException {
        out.writeUTF(word);
        out.writeInt(parts.size());
        for (byte[] part : parts) {
            out.writeInt(part.length);
            out.write(part);
        }
        out.flush();
    }

    static Wire receive(DataInputStream in) throws IOException {
        String word = in.readUTF();
        int count = in.readInt();
        if (count < 0 || count > MAX_PARTS) {
            throw new IOException("a message of " + count + " parts");
        }
        List<byte[]> parts = new ArrayList<>(Math.min(count, 1024));
        long total = 0;
        for (int i = 0; i < count; i++) {
            int length = in.readInt();
            total += length;
            if (length < 0 || total > MAX_BYTES) {
                throw new IOException("a message of more than " + MAX_BYTES + " bytes");
            }
            byte[] part = in.readNBytes(length);
            if (part.length < length) {
                throw new EOFException("a message that breaks off");
            }
            parts.add(part);
        }
        return new Wire(word, parts);
    }
}
