package dev.stemma.api.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened to jobs, one JSON object a line, each on disk before anybody hears of it. A line that a crash cut off was
 * never acknowledged and is dropped. Opening it writes it anew, shorter, with the last {@value #KEPT} ended jobs.
 *
 * <p>Safe for use by several threads; the one who opens it closes it, and holds the service's lock meanwhile.
 */
public final class JobJournal implements AutoCloseable {

    /** Ended jobs that are remembered. */
    public static final int KEPT = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(JobJournal.class);

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private final FileChannel channel;

    private JobJournal(FileChannel channel) {
        this.channel = channel;
    }

    /** A line. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Line.Accepted.class, name = "accepted"),
        @JsonSubTypes.Type(value = Line.Moved.class, name = "moved"),
        @JsonSubTypes.Type(value = Line.Item.class, name = "item")
    })
    sealed interface Line {
        /** A job as it was accepted, or as it stood when the journal was written anew. */
        record Accepted(Job job) implements Line {}

        /** A job came into another state. */
        record Moved(String id, JobState state, Instant at) implements Line {}

        /** One path of a job came into another state. */
        record Item(String id, int index, JobItem item) implements Line {}
    }

    /** The journal and the jobs that it holds, in the order they were accepted. */
    public record Opened(JobJournal journal, List<Job> jobs) {}

    /** Reads what is there and goes on from it. */
    public static Opened open(Path directory) throws IOException {
        Path file = directory.resolve("journal.jsonl");
        Map<String, Job> jobs = Files.exists(file) ? replay(file) : new LinkedHashMap<>();
        int superfluous =
                (int) jobs.values().stream().filter(job -> job.state().ended()).count() - KEPT;
        var each = jobs.values().iterator();
        while (superfluous > 0) {
            if (each.next().state().ended()) {
                each.remove();
                superfluous--;
            }
        }
        Path draft = directory.resolve("journal.new");
        try (JobJournal fresh = new JobJournal(FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE))) {
            for (Job job : jobs.values()) {
                fresh.write(new Line.Accepted(job));
            }
            fresh.channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel parent = FileChannel.open(directory, StandardOpenOption.READ)) {
            parent.force(true);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND);
        return new Opened(new JobJournal(channel), List.copyOf(jobs.values()));
    }

    private static Map<String, Job> replay(Path file) throws IOException {
        Map<String, Job> jobs = new LinkedHashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                try {
                    apply(jobs, JSON.readValue(line, Line.class));
                } catch (JsonProcessingException e) {
                    LOG.warn("a line of {} that is not whole was dropped", file);
                }
            }
        }
        return jobs;
    }

    private static void apply(Map<String, Job> jobs, Line line) {
        switch (line) {
            case Line.Accepted accepted -> jobs.put(accepted.job().id(), accepted.job());
            case Line.Moved moved -> jobs.computeIfPresent(moved.id(), (_, job) -> job.in(moved.state(), moved.at()));
            case Line.Item item -> jobs.computeIfPresent(item.id(), (_, job) -> job.with(item.index(), item.item()));
        }
    }

    /** Writes a line; when this returns, it is on disk. */
    synchronized void append(Line line) {
        try {
            write(line);
            channel.force(false);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the journal of jobs cannot be written", e);
        }
    }

    private void write(Line line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(
                (JSON.writerFor(Line.class).writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
