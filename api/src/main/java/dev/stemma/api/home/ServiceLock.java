package dev.stemma.api.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Keeps two services off one data directory. The kernel releases it when the process ends, however it ends. */
public final class ServiceLock implements AutoCloseable {

    private final FileChannel channel;

    private ServiceLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock; empty when another service holds it. */
    public static Optional<ServiceLock> take(Home home) throws IOException {
        FileChannel channel = FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new ServiceLock(channel));
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: the same answer as by another one.
        }
        channel.close();
        return Optional.empty();
    }

    /** Whether a service holds the lock now. */
    public static boolean held(Home home) throws IOException {
        if (!java.nio.file.Files.exists(home.lock())) {
            return false;
        }
        Optional<ServiceLock> lock = take(home);
        if (lock.isPresent()) {
            lock.get().close();
        }
        return lock.isEmpty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
