package dev.stemma.ingest.emit;

import dev.stemma.graph.id.Digest;
import dev.stemma.graph.id.ImageId;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import dev.stemma.ingest.image.ImageFacts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file that is an image of the graph, in its directory, which is an operational repository.
 *
 * @param location absolute real path
 * @param format {@code raw}, {@code qcow2}, …
 * @param virtualBytes size that a guest sees
 * @param allocatedBytes that the host stores of it
 * @param backing the files that it stands on, the nearest first
 */
public record ImageFile(
        Path location,
        String format,
        long virtualBytes,
        long allocatedBytes,
        Instant modifiedAt,
        List<ImageFacts.BackingFile> backing) {

    private static final int ID_DIGITS = 20;
    private static final Statement IMAGE = Statement.named(ImageFile.class, "emit/image.cypher");
    private static final Statement REPLACED = Statement.named(ImageFile.class, "emit/replaced.cypher");
    private static final Statement STANDS = Statement.named(ImageFile.class, "emit/backing.cypher");
    private static final Statement BACKING = Statement.named(ImageFile.class, "emit/backing-image.cypher");

    public ImageFile {
        backing = List.copyOf(backing);
    }

    /** One that stands on no other. */
    public ImageFile(Path location, String format, long virtualBytes, long allocatedBytes, Instant modifiedAt) {
        this(location, format, virtualBytes, allocatedBytes, modifiedAt, List.of());
    }

    /** The file of an image that is open. */
    public static ImageFile of(ImageFacts facts) {
        return new ImageFile(
                facts.location(),
                facts.format(),
                facts.virtualBytes(),
                facts.allocatedBytes(),
                facts.modifiedAt(),
                facts.backing());
    }

    private static ImageFile of(ImageFacts.BackingFile facts) {
        return new ImageFile(
                facts.location(), facts.format(), facts.virtualBytes(), facts.allocatedBytes(), facts.modifiedAt());
    }

    /** Has the graph know it as it is now, and what it stands on; gives the image's {@code id} and {@code name}. */
    public Row register(Graph.Transaction transaction, ZonedDateTime now) {
        return register(transaction, parameters(now), now);
    }

    private Row register(Graph.Transaction transaction, Map<String, Object> parameters, ZonedDateTime now) {
        Row image = transaction.run(IMAGE.with(parameters)).getFirst();
        String child = image.text("id");
        for (ImageFacts.BackingFile file : backing) {
            String parent = of(file).registerBacking(transaction, now).text("id");
            stands(transaction, child, parent, now);
            child = parent;
        }
        stands(transaction, child, "", now);
        return image;
    }

    private static void stands(Graph.Transaction transaction, String child, String parent, ZonedDateTime now) {
        transaction.run(STANDS.with(Map.of("child", child, "parent", parent, "now", now)));
    }

    /**
     * The same for a file that was just made where nothing lay: an image that the graph knows there is another one, which is gone. It stays, with its
     * relatives, at no place.
     *
     * @param by what made the file; with the place it names the image
     */
    public Row registerAnew(Graph.Transaction transaction, ZonedDateTime now, String by) {
        String former = "replaced:" + now.toInstant() + ":" + location;
        boolean another = !transaction
                .run(REPLACED.with(Map.of("location", location.toString(), "former", former, "now", now)))
                .isEmpty();
        Map<String, Object> parameters = parameters(now);
        if (another) {
            parameters.put("id", ImageId.of(location + "\n" + by));
        }
        return register(transaction, parameters, now);
    }

    /** The same for a file that another stands on: what was known of it before stays. */
    private Row registerBacking(Graph.Transaction transaction, ZonedDateTime now) {
        return transaction.run(BACKING.with(parameters(now))).getFirst();
    }

    private Map<String, Object> parameters(ZonedDateTime now) {
        String file = String.valueOf(location.getFileName());
        int dot = file.lastIndexOf('.');
        String directory = String.valueOf(location.getParent());
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("id", ImageId.of(location.toString()));
        parameters.put("location", location.toString());
        parameters.put("name", dot > 0 ? file.substring(0, dot) : file);
        parameters.put("format", format);
        parameters.put("virtualBytes", virtualBytes);
        parameters.put("allocatedBytes", allocatedBytes);
        parameters.put("modifiedAt", modifiedAt.atZone(ZoneOffset.UTC));
        parameters.put("now", now);
        parameters.put("repository", "repo-" + shortDigest(directory));
        parameters.put("directory", directory);
        parameters.put("uri", Path.of(directory).toUri().toString());
        return parameters;
    }

    private static String shortDigest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, ID_DIGITS);
    }
}
