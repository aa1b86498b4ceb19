package dev.stemma.api.wiring;

import dev.stemma.api.home.AllowedDirectories;
import dev.stemma.api.home.Home;
import dev.stemma.api.job.JobJournal;
import dev.stemma.api.job.JobQueue;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;

/** What changes things: the jobs and what they do. */
@Factory
final class WorkFactory {

    @Singleton
    AllowedDirectories allowedDirectories(Home home) {
        return new AllowedDirectories(home);
    }

    @Singleton
    JobQueue jobQueue(Home home) throws IOException {
        return JobQueue.start(JobJournal.open(home.jobs()), (request, index, budget, progress) -> {
            throw new UnsupportedOperationException();
        });
    }
}
