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
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Entries with every kind of payload and every byte in names, from a seed. */
final class RandomEntries {

    private final Random random;

    RandomEntries(long seed) {
        this.random = new Random(seed);
    }

    List<Entry> below(int count) {
        TreeMap<GuestPath, Entry> entries = new TreeMap<>();
        entries.put(GuestPath.ROOT, new Entry(GuestPath.ROOT, attributes(), new Payload.Directory()));
        List<GuestPath> directories = new ArrayList<>(List.of(GuestPath.ROOT));
        while (entries.size() < count) {
            GuestPath path = directories.get(random.nextInt(directories.size())).child(name());
            Payload payload = payload();
            if (entries.putIfAbsent(path, new Entry(path, attributes(), payload)) == null
                    && payload instanceof Payload.Directory) {
                directories.add(path);
            }
        }
        return List.copyOf(entries.values());
    }

    GuestName name() {
        byte[] bytes = new byte[1 + random.nextInt(random.nextInt(30) == 0 ? 255 : 14)];
        do {
            for (int i = 0; i < bytes.length; i++) {
                int b = random.nextBoolean() ? ' ' + random.nextInt(95) : 1 + random.nextInt(255);
                bytes[i] = (byte) (b == '/' ? '#' : b);
            }
        } while (GuestName.of(bytes).is(".") || GuestName.of(bytes).is(".."));
        return GuestName.of(bytes);
    }

    private Attributes attributes() {
        SortedMap<GuestName, GuestName> xattrs = new TreeMap<>();
        for (int i = random.nextInt(4) == 0 ? 3 : 0; i > 0; i--) {
            byte[] value = new byte[random.nextInt(40)];
            random.nextBytes(value);
            xattrs.put(name(), GuestName.of(value));
        }
        return new Attributes(
                random.nextInt(010000),
                random.nextLong(1L << 32),
                random.nextLong(1L << 32),
                new Times(instant(), maybe(), maybe(), maybe()),
                random.nextLong(Long.MAX_VALUE),
                random.nextLong(1L << 32),
                xattrs);
    }

    private Optional<Instant> maybe() {
        return random.nextBoolean() ? Optional.of(instant()) : Optional.empty();
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextLong(-(1L << 31), 1L << 34), random.nextInt(1_000_000_000));
    }

    private Payload payload() {
        return switch (random.nextInt(9)) {
            case 0, 1 -> new Payload.Directory();
            case 2 -> new Payload.Link(name());
            case 3 -> new Payload.Device(random.nextBoolean(), random.nextInt(4096), random.nextInt(1 << 20));
            case 4 -> new Payload.Pipe();
            case 5 -> new Payload.Socket();
            case 6 -> new Payload.File(random.nextLong(Long.MAX_VALUE), Optional.empty());
            default -> new Payload.File(random.nextLong(1L << 40), Optional.of(Digest.sha256(name().bytes())));
        };
    }
}
