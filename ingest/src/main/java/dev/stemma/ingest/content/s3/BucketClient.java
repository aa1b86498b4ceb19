package dev.stemma.ingest.content.s3;

import dev.stemma.ingest.content.DamagedStoreException;
import dev.stemma.ingest.content.StoreLocation;
import dev.stemma.ingest.content.StoreUnreachableException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Requests to one bucket, and what their failures mean. Safe for use by several threads; closed by who opened it. */
final class BucketClient implements AutoCloseable {

    /** Each try, and what they may take together: what becomes visible later than this was asked for in vain. */
    static final Duration CALL = Duration.ofSeconds(20);

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration BULK_CALL = Duration.ofMinutes(5);
    private static final Duration BULK_SILENCE = Duration.ofSeconds(30);

    private final StoreLocation.Bucket bucket;
    private final S3Client client;

    /** A request. */
    interface Call<T> {
        T on(S3Client client);
    }

    private BucketClient(StoreLocation.Bucket bucket, S3Client client) {
        this.bucket = bucket;
        this.client = client;
    }

    /** Asks for nothing yet. */
    static BucketClient open(StoreLocation.Bucket bucket) throws StoreUnreachableException {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(BULK_SILENCE))
                .overrideConfiguration(timeouts -> timeouts.apiCallTimeout(BULK_CALL))
                .forcePathStyle(bucket.pathStyle());
        bucket.endpoint().ifPresent(builder::endpointOverride);
        Optional<String> region = bucket.region();
        if (region.isPresent()) {
            builder.region(Region.of(region.get()));
        } else if (bucket.endpoint().isPresent() && System.getenv("AWS_REGION") == null) {
            // Other servers mostly have one region, and what it is called is signed but not looked at.
            builder.region(Region.US_EAST_1);
        }
        try {
            return new BucketClient(bucket, builder.build());
        } catch (SdkException e) {
            throw unreachable(bucket.toString(), e);
        }
    }

    String bucket() {
        return bucket.name();
    }

    /** The key of a blob. */
    String key(String path) {
        return bucket.prefix().isEmpty() ? path : bucket.prefix() + "/" + path;
    }

    /** What {@link #key} made a key of. */
    String path(String key) {
        return bucket.prefix().isEmpty() ? key : key.substring(bucket.prefix().length() + 1);
    }

    /** The address of a blob, for messages. */
    String where(String path) {
        return "s3://" + bucket.name() + "/" + key(path);
    }

    /**
     * Asks.
     *
     * @param path the blob that it is about
     * @throws NoSuchFileException when that is not there
     * @throws StoreUnreachableException when there is no answer, or it is refused
     */
    <T> T ask(String path, Call<T> call) throws IOException {
        try {
            return call.on(client);
        } catch (S3Exception e) {
            throw told(path, e);
        } catch (SdkException e) {
            throw unreachable(where(path), e);
        }
    }

    /** The same; empty when the condition that was put did not hold. */
    <T> Optional<T> askIf(String path, Call<T> call) throws IOException {
        try {
            return Optional.of(call.on(client));
        } catch (S3Exception e) {
            // 409: another request to the same key was under way, and won.
            if (e.statusCode() == 412 || e.statusCode() == 409) {
                return Optional.empty();
            }
            throw told(path, e);
        } catch (SdkException e) {
            throw unreachable(where(path), e);
        }
    }

    /** A stretch of a blob. */
    byte[] range(String path, long offsetBytes, int lengthBytes) throws IOException {
        if (lengthBytes == 0) {
            return new byte[0];
        }
        byte[] read = ask(
                        path,
                        client -> client.getObjectAsBytes(get -> get.bucket(bucket())
                                .key(key(path))
                                .range("bytes=" + offsetBytes + "-" + (offsetBytes + lengthBytes - 1))))
                .asByteArrayUnsafe();
        if (read.length != lengthBytes) {
            throw new DamagedStoreException(where(path) + " has another length than it had: of " + lengthBytes
                    + " bytes at " + offsetBytes + " came " + read.length);
        }
        return read;
    }

    private IOException told(String path, S3Exception e) {
        String code = Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
        String where = where(path);
        if (code.equals("NoSuchBucket")) {
            return new StoreUnreachableException(
                    where, "there is no bucket " + bucket.name() + place() + "; make it, or name another", e);
        }
        return switch (e.statusCode()) {
            case 404 -> new NoSuchFileException(where);
            case 416 -> new DamagedStoreException(where + " is shorter than it was", e);
            case 401, 403 ->
                new StoreUnreachableException(
                        where,
                        "the server refuses it (" + code + "); see that the credentials, such as AWS_ACCESS_KEY_ID and"
                                + " AWS_SECRET_ACCESS_KEY, are right, and allow to list, get, put and delete",
                        e);
            case 301, 307, 400 ->
                new StoreUnreachableException(
                        where,
                        "the server does not take the request (" + code + "); see that region, endpoint and path-style"
                                + " of the location are right: " + e.getMessage(),
                        e);
            case 501 ->
                new StoreUnreachableException(
                        where,
                        "the server does not know this kind of request (" + code + "); where it lacks conditional"
                                + " writes, and no other process uses the store, add lease=none to the location",
                        e);
            default ->
                new StoreUnreachableException(
                        where, "the server answers " + e.statusCode() + " " + code + " again and again; try later", e);
        };
    }

    private static StoreUnreachableException unreachable(String where, SdkException e) {
        String message = String.valueOf(e.getMessage());
        String help = "see that the endpoint of the location is right, and the network lets it through";
        if (message.contains("credentials")) {
            help = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile, as the AWS SDK reads them";
        } else if (message.contains("region")) {
            help = "add region= to the location, or set AWS_REGION";
        }
        return new StoreUnreachableException(where, "no answer (" + message + "); " + help, e);
    }

    private String place() {
        return bucket.endpoint().map(uri -> " at " + uri).orElse("");
    }

    @Override
    public void close() {
        client.close();
    }
}
