package dev.stemma.ingest.analyze.software;

import dev.stemma.graph.model.Attributes;
import dev.stemma.graph.model.Entry;
import dev.stemma.graph.model.FileSystem;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Payload;
import dev.stemma.graph.model.Times;
import dev.stemma.ingest.analyze.Findings;
import dev.stemma.ingest.analyze.Spotters;
import dev.stemma.ingest.filesystem.FileSystemReader;
import dev.stemma.ingest.filesystem.Node;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files on the heap, shown to every spotter. Not thread-safe. */
public final class Shown implements FileSystemReader {

    private final Map<GuestPath, byte[]> files = new LinkedHashMap<>();
    private long bytesRead;

    public Shown with(String path, byte[] content) {
        files.put(GuestPath.parse(path), content.clone());
        return this;
    }

    public Shown with(String path, String content) {
        return with(path, content.getBytes(StandardCharsets.UTF_8));
    }

    public Findings search() throws ImageProblem {
        return search(Spotters.ALL, Budget.of(Duration.ofMinutes(1)));
    }

    public Findings search(List<Spotter> spotters, Budget budget) throws ImageProblem {
        SoftwareSearch search = new SoftwareSearch(spotters);
        Attributes attributes = Attributes.of(0755, 0, 0, Times.modifiedAt(Instant.EPOCH), 1, 1);
        long id = 0;
        for (Map.Entry<GuestPath, byte[]> file : files.entrySet()) {
            Payload payload = new Payload.File(file.getValue().length, Optional.empty());
            Node node = new Node(file.getKey().name(), id++, attributes, payload);
            search.offer(this, new Entry(file.getKey(), attributes, payload), node);
        }
        return search.read(Origin.of("disk"), budget, (_, path) -> path);
    }

    public List<String> purls() throws ImageProblem {
        return search().packages().stream().map(InstalledPackage::purl).toList();
    }

    /** How much the search has taken. */
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public FileSystem facts() {
        return new FileSystem(
                "heap", Optional.empty(), Optional.empty(), Optional.empty(), 1 << 20, Optional.empty(), "java");
    }

    @Override
    public Origin origin() {
        return Origin.of("disk").within("heap");
    }

    @Override
    public String name() {
        return "heap/1";
    }

    @Override
    public Node root() {
        Attributes attributes = Attributes.of(0755, 0, 0, Times.modifiedAt(Instant.EPOCH), 1, 1);
        return new Node(GuestName.EMPTY, 0, attributes, new Payload.Directory());
    }

    @Override
    public List<Node> list(Node directory) throws Corrupt {
        throw new Corrupt("bad-value", origin(), "nothing is listed a second time");
    }

    @Override
    public void read(Node file, ContentSink sink) throws ImageProblem {
        byte[] content = List.copyOf(files.values()).get((int) file.id());
        for (int at = 0; at < content.length; at += 1 << 20) {
            int length = Math.min(1 << 20, content.length - at);
            bytesRead += length;
            sink.data(MemorySegment.ofArray(content).asSlice(at, length));
        }
    }

    @Override
    public void close() {}
}
