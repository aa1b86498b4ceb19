package dev.stemma.ingest.content.s3;

import dev.stemma.graph.id.Digest;
import dev.stemma.ingest.content.Blob;
import dev.stemma.ingest.content.BlobName;
import dev.stemma.ingest.content.BlobStore;
import dev.stemma.ingest.content.DamagedStoreException;
import dev.stemma.ingest.content.MappedFile;
import dev.stemma.ingest.content.StoreCache;
import dev.stemma.ingest.content.StoreInUseException;
import dev.stemma.ingest.content.StoreLocation;
import dev.stemma.ingest.content.StoreUnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Blobs as objects of a bucket that speaks S3. A blob is there when the server has acknowledged it. Safe for use by several threads; closed by who opened
 * it.
 */
public final class S3Bucket implements BlobStore {

    /** A list that is longer is not of a store that a process could have open. */
    private static final int MAX_BLOBS = 4_000_000;

    private static final int DELETED_AT_ONCE = 1_000;

    private final StoreLocation.Bucket location;
    private final BucketClient client;
    private final Optional<Lease> lease;
    private final Upload upload;
    private final Path temporary;
    private final RangeCache ends;
    private final RangeCache frames;

    private S3Bucket(
            StoreLocation.Bucket location,
            BucketClient client,
            Optional<Lease> lease,
            Lease.Times times,
            StoreCache cache)
            throws IOException {
        this.location = location;
        this.client = client;
        this.lease = lease;
        this.upload = new Upload(client, lease, times.call());
        this.temporary = Files.createDirectories(cache.directory().resolve("tmp"));
        this.ends = RangeCache.open(cache.directory().resolve("ends"), Long.MAX_VALUE);
        this.frames = RangeCache.open(cache.directory().resolve("frames"), cache.maxFrameBytes());
    }

    /**
     * Opens what there is of a store in a bucket, and removes what a crash left behind.
     *
     * @param location its bucket must be there
     * @throws StoreInUseException when another process has it open
     * @throws StoreUnreachableException when the bucket cannot be used: says why, and what to do
     */
    public static S3Bucket open(StoreLocation.Bucket location, StoreCache cache) throws IOException {
        return open(location, cache, Lease.Times.USUAL);
    }

    static S3Bucket open(StoreLocation.Bucket location, StoreCache cache, Lease.Times times) throws IOException {
        BucketClient client = BucketClient.open(location);
        Optional<Lease> lease = Optional.empty();
        try {
            if (location.leased()) {
                lease = Optional.of(Lease.take(client, times));
            }
            S3Bucket bucket = new S3Bucket(location, client, lease, times, cache);
            try (Stream<Path> left = Files.list(bucket.temporary)) {
                for (Path file : left.toList()) {
                    Files.delete(file);
                }
            }
            bucket.upload.abortLeft();
            return bucket;
        } catch (IOException | RuntimeException | Error e) {
            try (client;
                    AutoCloseable taken = lease.isPresent() ? lease.get()::close : () -> {}) {
                throw e;
            } catch (IOException | RuntimeException | Error same) {
                throw same;
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    @Override
    public String where() {
        String where = client.where("");
        return where.substring(0, where.length() - 1);
    }

    @Override
    public Path temporary() {
        return temporary;
    }

    @Override
    public List<Digest> names(BlobName.Kind kind) throws IOException {
        return all(kind).stream()
                .map(blob -> kind.find(blob.name().path()).orElseThrow())
                .toList();
    }

    /** Of packs it brings the directories, so that they need not be waited for one by one. */
    @Override
    public List<Listed> list(BlobName.Kind kind) throws IOException {
        List<Listed> found = all(kind);
        if (kind == BlobName.Kind.PACK) {
            Set<String> keys = new HashSet<>();
            found.forEach(blob -> keys.add(BucketBlob.key(blob.name().path())));
            ends.retain(key -> keys.contains(key.substring(0, key.indexOf('.'))));
            frames.retain(key -> keys.contains(key.substring(0, key.indexOf('.'))));
            Ahead.run(found, blob -> blob(blob).load());
        }
        return found;
    }

    private List<Listed> all(BlobName.Kind kind) throws IOException {
        return client.ask(kind.folder(), s3 -> {
            List<Listed> found = new ArrayList<>();
            for (S3Object object : s3.listObjectsV2Paginator(
                            list -> list.bucket(client.bucket()).prefix(client.key(kind.folder()) + "/"))
                    .contents()) {
                String path = client.path(object.key());
                if (kind.find(path).isPresent()) {
                    found.add(new Listed(new BlobName(path), object.size(), object.lastModified()));
                }
                if (found.size() > MAX_BLOBS) {
                    throw new IllegalStateException(where() + " has more than " + MAX_BLOBS + " " + kind.folder());
                }
            }
            return found;
        });
    }

    @Override
    public Blob open(Listed blob) {
        return blob(blob);
    }

    private BucketBlob blob(Listed blob) {
        return new BucketBlob(client, blob.name().path(), blob.sizeBytes(), ends, frames);
    }

    @Override
    public byte[] read(BlobName name, int maxBytes) throws IOException {
        ResponseBytes<GetObjectResponse> read = client.ask(
                name.path(),
                s3 -> s3.getObjectAsBytes(get ->
                        get.bucket(client.bucket()).key(client.key(name.path())).range("bytes=0-" + maxBytes)));
        if (read.asByteArrayUnsafe().length > maxBytes) {
            throw new DamagedStoreException(
                    client.where(name.path()) + " is longer than it can be, which is " + maxBytes + " bytes");
        }
        return read.asByteArray();
    }

    @Override
    public Listed put(Path file, BlobName name) throws IOException {
        long size = Files.size(file);
        Instant at = Instant.now();
        if (!upload.put(file, size, name.path())) {
            HeadObjectResponse there = head(name);
            if (there.contentLength() != size) {
                throw new DamagedStoreException(client.where(name.path()) + " is there already, of "
                        + there.contentLength() + " bytes where " + size + " are right; delete it");
            }
            at = there.lastModified();
        }
        Listed listed = new Listed(name, size, at);
        if (BlobName.Kind.PACK.find(name.path()).isPresent()) {
            blob(listed).loadFrom(MappedFile.open(file).bytes());
        }
        Files.delete(file);
        return listed;
    }

    @Override
    public void replace(Path file, BlobName name) throws IOException {
        upload.replace(file, Files.size(file), name.path());
        Files.delete(file);
    }

    private HeadObjectResponse head(BlobName name) throws IOException {
        return client.ask(
                name.path(),
                s3 -> s3.headObject(head -> head.bucket(client.bucket()).key(client.key(name.path()))));
    }

    /** Of several, those that are not there count as removed. */
    @Override
    public void delete(Collection<BlobName> names) throws IOException {
        List<BlobName> left = List.copyOf(names);
        if (left.size() == 1) {
            head(left.getFirst());
        }
        for (int at = 0; at < left.size(); at += DELETED_AT_ONCE) {
            List<ObjectIdentifier> some = left.subList(at, Math.min(left.size(), at + DELETED_AT_ONCE)).stream()
                    .map(name -> ObjectIdentifier.builder()
                            .key(client.key(name.path()))
                            .build())
                    .toList();
            upload.requireLease();
            DeleteObjectsResponse told = client.ask(
                    left.get(at).path(),
                    s3 -> s3.deleteObjects(delete -> delete.bucket(client.bucket())
                            .delete(which -> which.objects(some))
                            .overrideConfiguration(call -> call.apiCallTimeout(BucketClient.CALL))));
            if (told.hasErrors()) {
                throw new IOException("s3://" + client.bucket() + "/"
                        + told.errors().getFirst().key() + " was not removed: "
                        + told.errors().getFirst().message());
            }
        }
        Set<String> gone = new HashSet<>();
        left.forEach(name -> gone.add(BucketBlob.key(name.path())));
        ends.retain(key -> !gone.contains(key.substring(0, key.indexOf('.'))));
        frames.retain(key -> !gone.contains(key.substring(0, key.indexOf('.'))));
    }

    @Override
    public Instant modifiedAt(BlobName name) throws IOException {
        return head(name).lastModified();
    }

    @Override
    public String toString() {
        return location.toString();
    }

    @Override
    public void close() throws IOException {
        try (client) {
            if (lease.isPresent()) {
                lease.get().close();
            }
        }
    }
}
