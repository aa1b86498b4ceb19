package dev.stemma.ingest.content.s3;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** S3Proxy, a server that speaks S3, over a directory: buckets are its folders. It checks signatures, conditions and checksums. */
final class S3Server implements AutoCloseable {

    static final String BUCKET = "images";
    static final String SECRET = "not a secret";

    private final S3Proxy proxy;

    private S3Server(S3Proxy proxy) {
        this.proxy = proxy;
    }

    /** @param port 0 for any */
    static S3Server start(Path directory, int port) throws Exception {
        Files.createDirectories(directory.resolve(BUCKET));
        System.setProperty("aws.accessKeyId", "someone");
        System.setProperty("aws.secretAccessKey", SECRET);
        S3Proxy proxy = S3Proxy.builder()
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, "someone", SECRET)
                .blobStore(
                        new FilesystemNio2BlobStore(directory.toAbsolutePath().toString()))
                .stopTimeout(0)
                .build();
        proxy.start();
        return new S3Server(proxy);
    }

    int port() {
        return proxy.getPort();
    }

    @Override
    public void close() throws Exception {
        proxy.stop();
    }
}
