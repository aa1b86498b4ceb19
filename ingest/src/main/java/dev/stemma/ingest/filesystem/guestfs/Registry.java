package dev.stemma.ingest.filesystem.guestfs;

import com.redhat.et.libguestfs.GuestFS;
import com.redhat.et.libguestfs.HivexNode;
import com.redhat.et.libguestfs.LibGuestFSException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Looks keys up in hives, one hive at a time, as libguestfs has it. Runs in the child process only. */
final class Registry {

    private static final int MAX_KEYS = 20_000;

    private final GuestFS guest;
    private final RawCalls raw;
    private String opened = "";

    Registry(GuestFS guest, RawCalls raw) {
        this.guest = guest;
        this.raw = raw;
    }

    /** For each name wanted the type and the data, both empty where there is none; nothing at all where there is no such key. */
    List<byte[]> values(String hive, String key, List<byte[]> names) throws LibGuestFSException, IOException {
        long node = find(hive, key);
        List<byte[]> answer = new ArrayList<>();
        if (node != 0) {
            add(answer, node, names);
        }
        return answer;
    }

    /** For each key below: its name, then as {@link #values}. */
    List<byte[]> below(String hive, String key, List<byte[]> names) throws LibGuestFSException, IOException {
        long node = find(hive, key);
        List<byte[]> answer = new ArrayList<>();
        if (node == 0) {
            return answer;
        }
        HivexNode[] children = guest.hivex_node_children(node);
        if (children.length > MAX_KEYS) {
            throw new IOException("a registry key with more than " + MAX_KEYS + " keys below it");
        }
        for (HivexNode child : children) {
            answer.add(guest.hivex_node_name(child.hivex_node_h).getBytes(StandardCharsets.UTF_8));
            add(answer, child.hivex_node_h, names);
        }
        return answer;
    }

    private void add(List<byte[]> answer, long node, List<byte[]> names) throws LibGuestFSException, IOException {
        for (byte[] name : names) {
            long value = guest.hivex_node_get_value(node, new String(name, StandardCharsets.UTF_8));
            answer.add(
                    value == 0
                            ? new byte[0]
                            : Long.toString(guest.hivex_value_type(value)).getBytes(StandardCharsets.US_ASCII));
            answer.add(value == 0 ? new byte[0] : raw.registryValue(value));
        }
    }

    private long find(String hive, String key) throws LibGuestFSException {
        if (!opened.equals(hive)) {
            if (!opened.isEmpty()) {
                opened = "";
                guest.hivex_close();
            }
            guest.hivex_open(hive);
            opened = hive;
        }
        long node = guest.hivex_root();
        for (String name : key.split("\\\\", -1)) {
            node = guest.hivex_node_get_child(node, name);
            if (node == 0) {
                return 0;
            }
        }
        return node;
    }
}
