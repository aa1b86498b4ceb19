package dev.stemma.ingest.content.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Brings files into a bucket. What makes a blob visible is always a short request, and is begun only while the lease lasts long enough for it: after another
 * process took the store over, nothing of this one appears. Safe for use by several threads.
 */
final class Upload {

    /** Longer files go in parts, which nobody sees until the last request. */
    private static final int MAX_AT_ONCE = 8 << 20;

    private static final int PART_BYTES = 16 << 20;
    private static final String OCTETS = "application/octet-stream";

    private final BucketClient client;
    private final Optional<Lease> lease;
    private final Duration visibleIn;

    Upload(BucketClient client, Optional<Lease> lease, Duration visibleIn) {
        this.client = client;
        this.lease = lease;
        this.visibleIn = visibleIn;
    }

    void requireLease() throws IOException {
        if (lease.isPresent()) {
            lease.get().require();
        }
    }

    /** Gives whether the blob was put; not, where there is one of that name. */
    boolean put(Path file, long sizeBytes, String path) throws IOException {
        return put(file, sizeBytes, path, lease.isPresent());
    }

    /** The same, over what is there of that name. */
    void replace(Path file, long sizeBytes, String path) throws IOException {
        put(file, sizeBytes, path, false);
    }

    private boolean put(Path file, long sizeBytes, String path, boolean fresh) throws IOException {
        return sizeBytes <= MAX_AT_ONCE ? atOnce(file, path, fresh) : inParts(file, sizeBytes, path, fresh);
    }

    private boolean atOnce(Path file, String path, boolean fresh) throws IOException {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(client.bucket())
                .key(client.key(path))
                .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                .overrideConfiguration(call -> call.apiCallTimeout(visibleIn));
        if (fresh) {
            request.ifNoneMatch("*");
        }
        byte[] bytes = Files.readAllBytes(file);
        requireLease();
        return client.askIf(path, s3 -> s3.putObject(request.build(), body(bytes)))
                .isPresent();
    }

    private boolean inParts(Path file, long sizeBytes, String path, boolean fresh) throws IOException {
        String id = client.ask(
                        path,
                        s3 -> s3.createMultipartUpload(create -> create.bucket(client.bucket())
                                .key(client.key(path))
                                .checksumAlgorithm(ChecksumAlgorithm.CRC32)))
                .uploadId();
        try {
            List<CompletedPart> parts = parts(file, sizeBytes, path, id);
            CompleteMultipartUploadRequest.Builder request = CompleteMultipartUploadRequest.builder()
                    .bucket(client.bucket())
                    .key(client.key(path))
                    .uploadId(id)
                    .multipartUpload(all -> all.parts(parts))
                    .overrideConfiguration(call -> call.apiCallTimeout(visibleIn));
            if (fresh) {
                request.ifNoneMatch("*");
            }
            requireLease();
            boolean put = client.askIf(path, s3 -> s3.completeMultipartUpload(request.build()))
                    .isPresent();
            if (!put) {
                abort(client.key(path), id);
            }
            return put;
        } catch (IOException | RuntimeException e) {
            try {
                abort(client.key(path), id);
            } catch (IOException second) {
                // Goes when the store is opened next.
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private List<CompletedPart> parts(Path file, long sizeBytes, String path, String id) throws IOException {
        List<CompletedPart> parts = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (long at = 0; at < sizeBytes; at += PART_BYTES) {
                byte[] bytes = in.readNBytes((int) Math.min(PART_BYTES, sizeBytes - at));
                if (bytes.length == 0) {
                    throw new EOFException(file + " got shorter while it was sent");
                }
                int number = parts.size() + 1;
                UploadPartResponse sent = client.ask(
                        path,
                        s3 -> s3.uploadPart(
                                part -> part.bucket(client.bucket())
                                        .key(client.key(path))
                                        .uploadId(id)
                                        .partNumber(number)
                                        .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                                body(bytes)));
                parts.add(CompletedPart.builder()
                        .partNumber(number)
                        .eTag(sent.eTag())
                        .checksumCRC32(sent.checksumCRC32())
                        .build());
            }
        }
        return parts;
    }

    /** May be sent again when a try fails. */
    private static RequestBody body(byte[] bytes) {
        return RequestBody.fromContentProvider(ContentStreamProvider.fromByteArrayUnsafe(bytes), bytes.length, OCTETS);
    }

    private void abort(String key, String id) throws IOException {
        try {
            client.ask(
                    client.path(key),
                    s3 -> s3.abortMultipartUpload(
                            abort -> abort.bucket(client.bucket()).key(key).uploadId(id)));
        } catch (java.nio.file.NoSuchFileException e) {
            // It is gone already, which is what was wanted.
            return;
        }
    }

    /** Removes the parts of blobs that a crash kept from becoming whole. Without a lease others may be at work on them. */
    void abortLeft() throws IOException {
        if (lease.isEmpty()) {
            return;
        }
        List<MultipartUpload> left = client.ask("", s3 -> s3
                .listMultipartUploadsPaginator(
                        list -> list.bucket(client.bucket()).prefix(client.key("packs/")))
                .uploads()
                .stream()
                .toList());
        for (MultipartUpload one : left) {
            abort(one.key(), one.uploadId());
        }
    }
}
