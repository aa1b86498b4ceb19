package dev.stemma.ingest.content.s3;

import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.StoreCache;
import dev.stemma.ingest.content.StoreContract;
import dev.stemma.ingest.content.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store in a bucket. */
class S3BucketTest extends StoreContract {

    @TempDir
    Path directory;

    private int port;
    private AutoCloseable server = () -> {};

    @BeforeEach
    void start() throws Exception {
        S3Server started = S3Server.start(directory.resolve("server"), 0);
        server = started;
        port = started.port();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private ContentStore open(int at) throws IOException {
        return ContentStore.open(
                StoreLocation.parse(
                        "s3://" + S3Server.BUCKET + "/masters/eu?endpoint=http://127.0.0.1:" + at + "&path-style=true"),
                new StoreCache(directory.resolve("cache"), 64 << 20));
    }

    @Override
    protected ContentStore open() throws IOException {
        return open(port);
    }

    /** Nothing listens there: the port of discard, below those that are given away. */
    @Override
    protected ContentStore openUnreachable() throws IOException {
        return open(9);
    }

    @Override
    protected String unreachable() {
        return "s3://" + S3Server.BUCKET + "/masters/eu";
    }

    @Override
    protected Path blobs() {
        return directory
                .resolve("server")
                .resolve(S3Server.BUCKET)
                .resolve("masters")
                .resolve("eu");
    }

    @Override
    protected void forget() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("cache"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    protected Path temporary() {
        return directory.resolve("cache").resolve("tmp");
    }
}
