package dev.stemma.ingest.content.s3;

import dev.stemma.ingest.content.StoreInUseException;
import dev.stemma.ingest.content.StoreUnreachableException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Keeps other processes out of a store in a bucket, by conditional writes to one key. It is renewed while it is open; when that fails for too long, nothing
 * may be written any more. Its age is told by the server's clock alone. Safe for use by several threads; closed by who opened it.
 */
final class Lease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final String PATH = "lease";

    /** No clock of a server that is one to the other is further ahead, and its times are of whole seconds. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final BucketClient client;
    private final Times times;
    private final LeaseText text;
    private final ScheduledExecutorService renewer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("store-lease").factory());

    private String tag;
    private long writtenNanos;
    private boolean lost;

    /**
     * How long a lease lasts.
     *
     * @param lasts from when it was renewed last
     * @param renewed so often
     * @param call what a request that makes something visible may take at most; none is begun when less is left
     */
    record Times(Duration lasts, Duration renewed, Duration call) {

        static final Times USUAL = new Times(Duration.ofSeconds(90), Duration.ofSeconds(20), BucketClient.CALL);
    }

    private Lease(BucketClient client, Times times, LeaseText text, String tag, long writtenNanos) {
        this.client = client;
        this.times = times;
        this.text = text;
        this.tag = tag;
        this.writtenNanos = writtenNanos;
    }

    /**
     * Takes the lease of a store.
     *
     * @throws StoreInUseException when another process has it; says which, and for how long
     * @throws StoreUnreachableException when the server has no conditional writes, among other reasons
     */
    static Lease take(BucketClient client, Times times) throws IOException {
        String owner = UUID.randomUUID().toString();
        String process = process();
        long nanos = System.nanoTime();
        LeaseText text = new LeaseText(1, owner, process, times.lasts());
        Optional<String> tag = putOrOwn(client, text, "", times);
        if (tag.isEmpty()) {
            Found found = find(client).orElseThrow(() -> lostRace(client));
            found.requireFree(client);
            text = new LeaseText(found.text().token() + 1, owner, process, times.lasts());
            nanos = System.nanoTime();
            tag = putOrOwn(client, text, found.tag(), times);
        }
        Lease lease = new Lease(client, times, text, tag.orElseThrow(() -> lostRace(client)), nanos);
        lease.requireConditions();
        long every = times.renewed().toMillis();
        lease.renewer.scheduleWithFixedDelay(lease::renewOrWarn, every, every, TimeUnit.MILLISECONDS);
        return lease;
    }

    private static StoreInUseException lostRace(BucketClient client) {
        return new StoreInUseException(
                client.where(""), "another process took its lease at the same moment; try again");
    }

    /** Host names and process ids are ASCII, or made so. */
    private static String process() {
        String host = System.getenv().getOrDefault("HOSTNAME", "");
        if (host.isEmpty()) {
            try {
                host = java.net.InetAddress.getLocalHost().getHostName();
            } catch (java.net.UnknownHostException e) {
                host = "a host without a name";
            }
        }
        String short200 = host.substring(0, Math.min(200, host.length())).replaceAll("[^ -~]", "?");
        return short200 + ", process " + ProcessHandle.current().pid();
    }

    private record Found(LeaseText text, String tag, Duration age) {

        void requireFree(BucketClient client) throws StoreInUseException {
            Duration left = text.lasts().isZero()
                    ? Duration.ZERO
                    : text.lasts().plus(SLACK).minus(age);
            if (left.isPositive()) {
                throw new StoreInUseException(
                        client.where(""),
                        text.process() + " has it; if that has ended without closing it, it is free in "
                                + (left.toSeconds() + 1) + " s");
            }
        }
    }

    private static Optional<Found> find(BucketClient client) throws IOException {
        try {
            ResponseBytes<GetObjectResponse> read = client.ask(
                    PATH,
                    s3 -> s3.getObjectAsBytes(get ->
                            get.bucket(client.bucket()).key(client.key(PATH)).range("bytes=0-" + LeaseText.MAX_BYTES)));
            GetObjectResponse response = read.response();
            Instant now = response.sdkHttpResponse()
                    .firstMatchingHeader("Date")
                    .flatMap(Lease::date)
                    .orElseGet(Instant::now);
            return Optional.of(new Found(
                    LeaseText.parse(client.where(PATH), read.asByteArrayUnsafe()),
                    response.eTag(),
                    Duration.between(response.lastModified(), now)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> date(String header) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes it, if it still is what it was, and gives what it is then.
     *
     * @param before what it was; empty when there was none
     */
    private static Optional<String> put(BucketClient client, LeaseText text, String before, Times times)
            throws IOException {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(client.bucket())
                .key(client.key(PATH))
                .overrideConfiguration(call -> call.apiCallTimeout(times.call()));
        if (before.isEmpty()) {
            request.ifNoneMatch("*");
        } else {
            request.ifMatch(before);
        }
        return client.askIf(PATH, s3 -> s3.putObject(request.build(), RequestBody.fromBytes(text.bytes())))
                .map(PutObjectResponse::eTag);
    }

    /**
     * The same, where it may have been written although that was not told: the answer to a first try did not arrive, and the
     * second found what that had written.
     */
    private static Optional<String> putOrOwn(BucketClient client, LeaseText text, String before, Times times)
            throws IOException {
        Optional<String> tag = put(client, text, before, times);
        return tag.isPresent()
                ? tag
                : find(client)
                        .filter(found -> found.text().owner().equals(text.owner()))
                        .map(Found::tag);
    }

    /** A server that passes over a condition keeps nobody out. */
    private void requireConditions() throws IOException {
        if (put(client, text, "", times).isPresent()) {
            throw new StoreUnreachableException(
                    client.where(PATH),
                    "the server does not know conditional writes, so it cannot keep two processes apart; where no other"
                            + " process uses the store, add lease=none to the location",
                    new IOException("a key was written that may be written only where there is none"));
        }
    }

    /**
     * Holds the lease for as long as a request takes.
     *
     * @throws StoreInUseException when another process has taken it
     * @throws StoreUnreachableException when it cannot be renewed
     */
    synchronized void require() throws IOException {
        if (lost || left().compareTo(times.call()) < 0) {
            renew();
        }
    }

    private Duration left() {
        return times.lasts().minusNanos(System.nanoTime() - writtenNanos);
    }

    private synchronized void renew() throws IOException {
        if (lost) {
            throw taken();
        }
        long nanos = System.nanoTime();
        tag = putOrOwn(client, text, tag, times).orElseThrow(() -> {
            lost = true;
            return taken();
        });
        writtenNanos = nanos;
    }

    private StoreInUseException taken() {
        return new StoreInUseException(
                client.where(""),
                "its lease ran out and another process took it, so this one must not write any more; open it anew");
    }

    private void renewOrWarn() {
        try {
            renew();
        } catch (IOException e) {
            LOG.warn("The lease of a store was not renewed: {}", e.getMessage());
        }
    }

    /** Lets go of it, so that the next does not have to wait. */
    @Override
    public void close() throws IOException {
        renewer.shutdownNow();
        synchronized (this) {
            if (!lost) {
                lost = true;
                put(client, new LeaseText(text.token(), text.owner(), text.process(), Duration.ZERO), tag, times);
            }
        }
    }
}
