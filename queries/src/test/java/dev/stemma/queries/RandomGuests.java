package dev.stemma.queries;

import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Guests made from a seed. */
public final class RandomGuests {

    /** As deep as directories of a Debian system go, but for a few. */
    private static final int MAX_DEPTH = 7;

    private final Random random;

    public RandomGuests(Random random) {
        this.random = random;
    }

    /** A seed that the test prints, so that a failure can be replayed with {@code -Dseed=…}. */
    public static Random seeded() {
        long seed = Long.getLong("seed", 20_261_128L);
        System.out.println("seed " + seed + " (replay with -Dseed=" + seed + ")");
        return new Random(seed);
    }

    /** A guest with so many files, some of them in one large directory, and packages that own a part of them. */
    public Guest guest(int files, int packages) {
        Guest guest = new Guest().dir("/etc").dir("/usr/bin").dir("/var/big").os("debian", "12", "Debian GNU/Linux 12");
        List<String> directories = new ArrayList<>(List.of("/etc", "/usr/bin", "/var"));
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            if (i % 12 == 0) {
                String parent = directories.get(random.nextInt(directories.size()));
                boolean deep = parent.chars().filter(c -> c == '/').count() > MAX_DEPTH;
                directories.add((deep ? "/usr/bin" : parent) + "/d" + i);
            }
            String directory = i % 4 == 0 ? "/var/big" : directories.get(random.nextInt(directories.size()));
            String path = directory + "/f" + i;
            if (random.nextInt(30) == 0) {
                guest.link(path, "f" + random.nextInt(files));
            } else {
                guest.file(
                        path, random.nextInt(40) == 0 ? "" : "content " + random.nextInt(Math.max(2, files * 9 / 10)));
            }
            paths.add(path);
        }
        for (int i = 0; i < packages; i++) {
            String[] owned = new String[Math.min(paths.size(), 5)];
            for (int k = 0; k < owned.length; k++) {
                owned[k] = paths.get(random.nextInt(paths.size()));
            }
            guest.install("pkg" + i, 1 + random.nextInt(3) + "." + random.nextInt(10) + "-1", owned);
        }
        return guest;
    }

    /** A copy with so many changes of all kinds. */
    public Guest mutated(Guest guest, int changes) {
        Guest other = guest.copy();
        List<GuestPath> paths = new ArrayList<>(other.entries().keySet());
        for (int i = 0; i < changes; i++) {
            String path = paths.get(1 + random.nextInt(paths.size() - 1)).escaped();
            GuestPath at = GuestPath.parse(path);
            Entry entry = other.entries().get(at);
            boolean there = entry != null;
            boolean directory = entry != null && entry.payload() instanceof Payload.Directory;
            switch (random.nextInt(6)) {
                case 0 -> other.file("/new/n" + i, "new " + random.nextInt());
                case 1 -> {
                    if (there && !(directory && at.depth() < 3)) {
                        other.remove(path);
                    }
                }
                case 2 -> {
                    if (there && !directory) {
                        other.file(path, "changed " + random.nextInt());
                    }
                }
                case 3 -> {
                    if (there && !directory) {
                        other.file(1, path, "owned " + i, 04755, 1000);
                    }
                }
                case 4 -> {
                    if (there && !directory) {
                        other.link(path, "elsewhere" + i);
                    }
                }
                default -> {
                    if (there) {
                        other.xattr(path, "user.note", "n" + i);
                    }
                }
            }
        }
        return other;
    }
}
