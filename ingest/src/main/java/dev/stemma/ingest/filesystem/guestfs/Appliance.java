package dev.stemma.ingest.filesystem.guestfs;

import dev.stemma.graph.model.GuestName;
import dev.stemma.ingest.bytes.ByteSource;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.Corrupt;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.OverBudget;
import dev.stemma.ingest.problem.Unreadable;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running appliance with one disk, in a child process. A call into libguestfs cannot be interrupted, so what ends with the
 * budget is the process and the machine below it. At most two run at once; each takes about 600 MB.
 *
 * <p>Requests are answered one by one; safe for use by several threads. Closed by whoever launched it.
 */
final class Appliance implements AutoCloseable {

    private static final int MAX_AT_ONCE = 2;
    private static final Semaphore RUNNING = new Semaphore(MAX_AT_ONCE, true);
    private static final Duration KVM_LIMIT = Duration.ofSeconds(45);
    private static final Duration LAUNCH_LIMIT = Duration.ofMinutes(5);
    private static final int POLL_MILLIS = 200;

    private final Budget budget;
    private final Origin origin;
    private final WorkDirectory work;
    private final NbdServer disk;
    private final Process process;
    private final DataOutputStream requests;
    private final DataInputStream answers;
    private final Thread watch;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long limitNanos = Long.MAX_VALUE;

    private Appliance(Installation installation, ByteSource source, Budget budget) throws IOException {
        this.budget = budget;
        this.origin = source.origin().within("appliance");
        this.work = WorkDirectory.create();
        this.disk = NbdServer.start(source, work.file("disk"));
        this.process = installation.start(work);
        this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        this.watch = Thread.ofVirtual().name("appliance watch").start(this::watch);
    }

    /**
     * Starts an appliance with this disk. KVM is tried where it may work, then emulation.
     *
     * @throws Unreadable {@code tool-missing} when libguestfs is not installed, {@code appliance-failed} when it does not start
     */
    static Appliance launch(ByteSource source, Budget budget) throws ImageProblem {
        Installation installation = Installation.find(source.origin());
        Acceleration acceleration = Acceleration.inHome();
        await(source.origin(), budget);
        boolean launched = false;
        try {
            String verdict = acceleration.verdict();
            if (verdict.equals("untried")) {
                try {
                    Appliance appliance = launch(installation, source, budget, "kvm", KVM_LIMIT);
                    acceleration.remember("kvm");
                    launched = true;
                    return appliance;
                } catch (Unreadable failed) {
                    verdict = "broken";
                }
            }
            Appliance appliance =
                    launch(installation, source, budget, verdict.equals("kvm") ? "kvm" : "tcg", LAUNCH_LIMIT);
            launched = true;
            if (verdict.equals("broken")) {
                acceleration.remember("tcg");
            }
            return appliance;
        } finally {
            if (!launched) {
                RUNNING.release();
            }
        }
    }

    private static Appliance launch(
            Installation installation, ByteSource source, Budget budget, String accelerator, Duration limit)
            throws ImageProblem {
        Appliance appliance;
        try {
            appliance = new Appliance(installation, source, budget);
        } catch (IOException e) {
            throw new Unreadable(
                    "appliance-failed", source.origin(), "no appliance can be started: " + e.getMessage(), null, e);
        }
        try {
            appliance.limitNanos = System.nanoTime() + limit.toNanos();
            appliance.ask(
                    "launch",
                    text(appliance.work.file("disk").toString()),
                    text(accelerator),
                    text(appliance.work.path().toString()));
            appliance.limitNanos = Long.MAX_VALUE;
            return appliance;
        } catch (ImageProblem | RuntimeException e) {
            appliance.end();
            throw e;
        }
    }

    private static void await(Origin origin, Budget budget) throws OverBudget {
        try {
            while (!RUNNING.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                budget.check(origin);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OverBudget("cancelled", origin, "interrupted while waiting for an appliance", null, e);
        }
    }

    /** Where the appliance may write files of the host. */
    Path file(String name) {
        return work.file(name);
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @throws Unreadable {@code appliance-failed} when it does not start or has ended
     * @throws Corrupt {@code not-readable} with what Linux says of the file or file system that was asked for
     */
    List<byte[]> ask(String word, byte[]... parts) throws ImageProblem {
        return ask(word, Arrays.asList(parts));
    }

    synchronized List<byte[]> ask(String word, List<byte[]> parts) throws ImageProblem {
        budget.check(origin);
        Wire answer;
        try {
            new Wire(word, parts).send(requests);
            answer = Wire.receive(answers);
        } catch (IOException e) {
            budget.check(origin);
            throw failed("it ended while asked for " + word + ": " + work.lastWords());
        }
        if (!answer.word().equals("ok")) {
            // What is below it is killed first when the run is over, and it may still say so.
            budget.check(origin);
            String said = GuestName.of(
                            answer.parts().isEmpty()
                                    ? new byte[0]
                                    : answer.parts().getFirst())
                    .escaped();
            throw word.equals("launch") ? failed(said) : refused(said);
        }
        return answer.parts();
    }

    private ImageProblem refused(String said) {
        ImageProblem below = disk.problem();
        return below != null ? below : new Corrupt("not-readable", origin, said, "Check the file system in the guest.");
    }

    private ImageProblem failed(String said) {
        ImageProblem below = disk.problem();
        if (below != null) {
            return below;
        }
        String remedy = said.contains("supermin") || said.contains("kernel")
                ? "Install what it runs on: " + Installation.PACKAGES + "."
                : null;
        return new Unreadable("appliance-failed", origin, said, remedy);
    }

    /** Ends the process when the run is over or cancelled, or a launch takes too long. */
    private void watch() {
        try {
            while (process.isAlive()) {
                Thread.sleep(POLL_MILLIS);
                budget.check(origin);
                if (System.nanoTime() - limitNanos > 0 && limitNanos != Long.MAX_VALUE) {
                    kill();
                }
            }
        } catch (OverBudget over) {
            kill();
        } catch (InterruptedException closing) {
            return;
        }
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void end() {
        watch.interrupt();
        kill();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
            disk.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            return; // A socket that does not close is gone with its process.
        } finally {
            work.delete();
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            end();
            RUNNING.release();
        }
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
