package dev.stemma.ingest.content.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.BlobName;
import dev.stemma.ingest.content.BlobStore;
import dev.stemma.ingest.content.ContentStore;
import dev.stemma.ingest.content.ContentWriter;
import dev.stemma.ingest.content.DamagedStoreException;
import dev.stemma.ingest.content.StoreCache;
import dev.stemma.ingest.content.StoreCheck;
import dev.stemma.ingest.content.StoreInUseException;
import dev.stemma.ingest.content.StoreLocation;
import dev.stemma.ingest.content.StoreUnreachableException;
import dev.stemma.ingest.content.StoreWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sets a bucket apart from a directory: it may be refused, or out of reach; its lease runs out; and what was read is kept. */
class S3StoreTest {

    /** Never renewed of itself, so that it runs out as that of a process that stands still does. */
    private static final Lease.Times SHORT =
            new Lease.Times(Duration.ofSeconds(2), Duration.ofHours(1), Duration.ofSeconds(1));

    @TempDir
    Path directory;

    private S3Server server;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start(directory.resolve("server"), 0);
    }

    @AfterEach
    void stop() throws Exception {
        System.setProperty("aws.secretAccessKey", S3Server.SECRET);
        server.close();
    }

    private StoreLocation.Bucket bucket(String name, int port) {
        return (StoreLocation.Bucket)
                StoreLocation.parse("s3://" + name + "/p?endpoint=http://127.0.0.1:" + port + "&path-style=true");
    }

    private StoreCache cache(String name) {
        return new StoreCache(directory.resolve(name), 1 << 20);
    }

    private ContentStore open() throws IOException {
        return ContentStore.open(bucket(S3Server.BUCKET, server.port()), cache("cache"));
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static Digest put(ContentStore store, byte[] bytes) throws IOException {
        try (StoreWriter writer = store.writer();
                ContentWriter content = writer.content()) {
            content.data(bytes, 0, bytes.length);
            Digest digest = content.end();
            content.finish();
            writer.commit();
            return digest;
        }
    }

    private List<Path> files(String below) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(below))) {
            return files.filter(Files::isRegularFile)
                    .sorted(Comparator.comparingLong(file -> -file.toFile().length()))
                    .toList();
        }
    }

    @Test
    void aBucketThatIsMissingIsSaidToBe() {
        assertThatThrownBy(() -> ContentStore.open(bucket("nowhere", server.port()), cache("cache")))
                .isInstanceOf(StoreUnreachableException.class)
                .hasMessageContaining("s3://nowhere/p")
                .hasMessageContaining("there is no bucket nowhere at http://127.0.0.1:" + server.port());
    }

    @Test
    void wrongCredentialsAreSaidToBe() {
        System.setProperty("aws.secretAccessKey", "another");
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreUnreachableException.class)
                .hasMessageContaining("SignatureDoesNotMatch")
                .hasMessageContaining("AWS_SECRET_ACCESS_KEY");
    }

    /** What someone else's program finds in the bucket's folder is a store in a directory. */
    @Test
    void whatLiesInTheBucketIsWhatLiesInADirectory() throws Exception {
        byte[] bytes = random(1, 20_000_000);
        Digest digest;
        try (ContentStore store = open()) {
            digest = put(store, bytes);
        }
        Path copy = directory.resolve("copy");
        Process cp = new ProcessBuilder(
                        "cp",
                        "-r",
                        directory
                                .resolve("server")
                                .resolve(S3Server.BUCKET)
                                .resolve("p")
                                .toString(),
                        copy.toString())
                .inheritIO()
                .start();
        assertThat(cp.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(cp.exitValue()).isZero();
        Files.delete(copy.resolve("lease"));
        try (ContentStore store = ContentStore.open(copy);
                ContentStore local = ContentStore.open(directory.resolve("local"))) {
            assertThat(store.content(digest).stream().readAllBytes()).isEqualTo(bytes);
            assertThat(StoreCheck.run(store, 1, 0).damages()).isEmpty();
            put(local, bytes);
        }
        Process diff = new ProcessBuilder(
                        "diff",
                        "-r",
                        copy.resolve("packs").toString(),
                        directory.resolve("local").resolve("packs").toString())
                .inheritIO()
                .start();
        assertThat(diff.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(diff.exitValue()).as("the same packs, byte for byte").isZero();
    }

    @Test
    void aServerThatGoesAwayMeanwhileLosesNothingThatWasAcknowledged() throws Exception {
        byte[] before = random(2, 300_000);
        byte[] after = random(3, 300_000);
        int port = server.port();
        try (ContentStore store = open()) {
            put(store, before);
            server.close();
            assertThatThrownBy(() -> put(store, after))
                    .isInstanceOf(StoreUnreachableException.class)
                    .hasMessageContaining("s3://" + S3Server.BUCKET + "/p/packs/");
            assertThat(store.contains(Digest.sha256(after))).isFalse();
            server = S3Server.start(directory.resolve("server"), port);
            put(store, after);
        }
        try (ContentStore store = open()) {
            for (byte[] bytes : List.of(before, after)) {
                assertThat(store.content(Digest.sha256(bytes)).stream().readAllBytes())
                        .isEqualTo(bytes);
            }
        }
    }

    @Test
    void aPackThatVanishesWhileTheStoreIsOpenIsToldAsDamage() throws Exception {
        byte[] bytes = random(4, 3_000_000);
        try (ContentStore store = open()) {
            Digest digest = put(store, bytes);
            Path pack = files("server/" + S3Server.BUCKET + "/p/packs").getFirst();
            Files.delete(pack);
            assertThatThrownBy(() -> store.content(digest).stream().readAllBytes())
                    .isInstanceOf(DamagedStoreException.class)
                    .hasMessageContaining(pack.getFileName().toString())
                    .hasMessageContaining("gone");
        }
    }

    @Test
    void whoStandsStillLosesTheStoreAndIsToldWhenItGoesOn() throws Exception {
        StoreLocation.Bucket bucket = bucket(S3Server.BUCKET, server.port());
        S3Bucket still = S3Bucket.open(bucket, cache("one"), SHORT);
        try (still) {
            assertThatThrownBy(() -> S3Bucket.open(bucket, cache("two"), SHORT))
                    .isInstanceOf(StoreInUseException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            TimeUnit.SECONDS.sleep(6);
            try (S3Bucket next = S3Bucket.open(bucket, cache("two"), SHORT)) {
                BlobName name = BlobName.Kind.IMAGE.of(Digest.EMPTY);
                Path file = Files.writeString(still.temporary().resolve("late"), "too late");
                assertThatThrownBy(() -> still.put(file, name))
                        .isInstanceOf(StoreInUseException.class)
                        .hasMessageContaining("another process took it");
                assertThatThrownBy(() -> still.delete(List.of(name, BlobName.Kind.PACK.of(Digest.EMPTY))))
                        .isInstanceOf(StoreInUseException.class);
                assertThat(next.names(BlobName.Kind.IMAGE)).isEmpty();
                next.put(Files.writeString(next.temporary().resolve("x"), "in time"), name);
                still.close();
                assertThatThrownBy(() -> S3Bucket.open(bucket, cache("one"), SHORT))
                        .as("who lost it does not free it")
                        .isInstanceOf(StoreInUseException.class);
                assertThat(next.names(BlobName.Kind.IMAGE)).containsExactly(Digest.EMPTY);
            }
        }
    }

    @Test
    void aLeaseThatIsKeptUpIsNotTaken() throws Exception {
        StoreLocation.Bucket bucket = bucket(S3Server.BUCKET, server.port());
        Lease.Times kept = new Lease.Times(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofSeconds(1));
        try (BlobStore store = S3Bucket.open(bucket, cache("one"), kept)) {
            TimeUnit.SECONDS.sleep(6);
            assertThatThrownBy(() -> S3Bucket.open(bucket, cache("two"), kept)).isInstanceOf(StoreInUseException.class);
            store.put(Files.writeString(store.temporary().resolve("x"), "x"), BlobName.Kind.IMAGE.of(Digest.EMPTY));
        }
    }

    @Test
    void aServerThatPassesOverConditionsIsRefused() throws Exception {
        HttpServer careless = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        careless.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("ETag", "\"1\"");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        careless.start();
        try {
            assertThatThrownBy(() -> ContentStore.open(
                            bucket("anything", careless.getAddress().getPort()), cache("cache")))
                    .isInstanceOf(StoreUnreachableException.class)
                    .hasMessageContaining("conditional writes")
                    .hasMessageContaining("lease=none");
        } finally {
            careless.stop(0);
        }
    }

    @Test
    void withoutALeaseItWorksToo() throws Exception {
        StoreLocation bucket = StoreLocation.parse(
                "s3://" + S3Server.BUCKET + "?path-style=true&lease=none&endpoint=http://127.0.0.1:" + server.port());
        byte[] bytes = random(5, 12_000_000);
        for (int i = 0; i < 2; i++) {
            try (ContentStore store = ContentStore.open(bucket, cache("cache"))) {
                assertThat(store.content(put(store, bytes)).stream().readAllBytes())
                        .isEqualTo(bytes);
            }
        }
        assertThat(files("server")).noneMatch(file -> file.endsWith("lease"));
    }

    @Test
    void whatIsKeptIsBoundedAndDamageInItIsNoDamageOfTheStore() throws Exception {
        byte[] bytes = random(6, 9_000_000);
        Digest digest;
        try (ContentStore store = open()) {
            digest = put(store, bytes);
            store.content(digest).stream().readAllBytes();
            long kept = files("cache/frames").stream()
                    .mapToLong(file -> file.toFile().length())
                    .sum();
            assertThat(kept).isLessThanOrEqualTo(1 << 20);
        }
        assertThat(files("cache/ends")).isNotEmpty();
        for (Path file : files("cache")) {
            byte[] damaged = Files.readAllBytes(file);
            damaged[damaged.length / 2] ^= 1;
            Files.write(file, damaged);
        }
        try (ContentStore store = open()) {
            assertThat(store.content(digest).stream().readAllBytes()).isEqualTo(bytes);
        }
        for (Path file : files("cache")) {
            Files.delete(file);
        }
        try (ContentStore store = open()) {
            assertThat(store.content(digest).stream().readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void whatIsKeptSparesRequests() throws Exception {
        StoreCache roomy = new StoreCache(directory.resolve("roomy"), 64 << 20);
        byte[] bytes = random(7, 6_000_000);
        Digest digest;
        try (ContentStore store = ContentStore.open(bucket(S3Server.BUCKET, server.port()), roomy)) {
            digest = put(store, bytes);
            store.content(digest).stream().readAllBytes();
        }
        int port = server.port();
        try (ContentStore store = ContentStore.open(bucket(S3Server.BUCKET, port), roomy)) {
            server.close();
            try {
                assertThat(store.content(digest).stream().readAllBytes())
                        .as("while nobody answers")
                        .isEqualTo(bytes);
            } finally {
                server = S3Server.start(directory.resolve("server"), port);
            }
        }
    }

    @Test
    void partsThatACrashLeftGoWhenItIsOpened() throws Exception {
        open().close();
        BucketClient client = BucketClient.open(bucket(S3Server.BUCKET, server.port()));
        try (client) {
            client.ask(
                    "packs/x",
                    s3 -> s3.createMultipartUpload(
                            create -> create.bucket(S3Server.BUCKET).key("p/packs/x")));
            open().close();
            assertThat(client.ask("packs/x", s3 -> s3.listMultipartUploads(list -> list.bucket(S3Server.BUCKET)))
                            .uploads())
                    .isEmpty();
        }
    }
}
