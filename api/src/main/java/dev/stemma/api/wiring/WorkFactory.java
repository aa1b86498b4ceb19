package dev.stemma.api.wiring;

import dev.stemma.api.home.AllowedDirectories;
import dev.stemma.api.home.Home;
import dev.stemma.api.home.Targets;
import dev.stemma.api.job.JobJournal;
import dev.stemma.api.job.JobQueue;
import dev.stemma.api.job.JobWork;
import dev.stemma.graph.store.Graph;
import dev.stemma.ingest.IngestPipeline;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.reference.Branches;
import dev.stemma.ingest.reference.fuse.FuseMount;
import dev.stemma.ingest.text.TextStore;
import dev.stemma.queries.search.SearchIndex;
import dev.stemma.queries.similarity.Sketcher;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What changes things: the jobs and what they do. */
@Factory
final class WorkFactory {

    private static final Logger LOG = LoggerFactory.getLogger(WorkFactory.class);

    @Singleton
    AllowedDirectories allowedDirectories(Home home) {
        return new AllowedDirectories(home);
    }

    @Singleton
    ManifestStore manifestStore(Home home) {
        return new ManifestStore(home.manifests());
    }

    @Singleton
    TextStore textStore(Home home) {
        return new TextStore(home.texts());
    }

    @Singleton
    IngestPipeline ingestPipeline(Graph graph, ManifestStore manifests, TextStore texts) {
        return new IngestPipeline(graph, manifests, texts);
    }

    @Singleton
    Exports exports(Graph graph, ReferenceStore store, Home home) throws IOException {
        Exports exports = new Exports(new Branches(graph), store, home);
        // Jobs make sockets there too, and none has begun yet.
        exports.clean();
        return exports;
    }

    @Singleton
    Mounts mounts(Graph graph, ReferenceStore store, AllowedDirectories directories) throws IOException {
        for (Path left : FuseMount.clean()) {
            LOG.info("a service that was killed had left a mount on {}; it is gone now", left);
        }
        return new Mounts(new Branches(graph), store, new Targets(directories));
    }

    @Singleton
    JobWork jobWork(
            IngestPipeline pipeline,
            AllowedDirectories directories,
            Sketcher sketcher,
            SearchIndex index,
            Graph graph,
            ReferenceStore store,
            Exports exports,
            Mounts mounts,
            Home home) {
        IndexWork work = new IndexWork(pipeline, directories, sketcher, index);
        VersionsRead reads = new VersionsRead();
        return new Works(
                work,
                new ReferenceWork(work, graph, store, exports, mounts, reads),
                new CheckOutWork(work, graph, store, home, directories),
                new CloneWork(work, graph, store, directories),
                new CopyWork(work, graph, directories),
                reads);
    }

    @Singleton
    JobQueue jobQueue(Home home, JobWork work) throws IOException {
        return JobQueue.start(JobJournal.open(home.jobs()), work);
    }
}
