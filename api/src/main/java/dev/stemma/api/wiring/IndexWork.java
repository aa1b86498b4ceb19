package dev.stemma.api.wiring;

import dev.stemma.api.home.AllowedDirectories;
import dev.stemma.api.job.CheckInRequest;
import dev.stemma.api.job.IndexRequest;
import dev.stemma.api.job.JobProgress;
import dev.stemma.api.job.JobResult;
import dev.stemma.api.job.JobWork;
import dev.stemma.api.problem.ImageProblems;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import dev.stemma.ingest.IngestOutcome;
import dev.stemma.ingest.IngestPipeline;
import dev.stemma.ingest.IngestRequest;
import dev.stemma.ingest.Progress;
import dev.stemma.ingest.content.WritingTurn;
import dev.stemma.ingest.image.ImageRules;
import dev.stemma.ingest.problem.Budget;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.Origin;
import dev.stemma.ingest.problem.Unreadable;
import dev.stemma.queries.search.SearchIndex;
import dev.stemma.queries.similarity.Sketcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An index run: the pipeline, then what is derived from its inventory. */
final class IndexWork {

    private static final Logger LOG = LoggerFactory.getLogger(IndexWork.class);

    private final IngestPipeline pipeline;
    private final AllowedDirectories directories;
    private final Sketcher sketcher;
    private final SearchIndex index;

    IndexWork(IngestPipeline pipeline, AllowedDirectories directories, Sketcher sketcher, SearchIndex index) {
        this.pipeline = pipeline;
        this.directories = directories;
        this.sketcher = sketcher;
        this.index = index;
    }

    /** Indexes one path of a request. */
    JobWork.Done run(IndexRequest request, int at, Budget budget, Consumer<JobProgress> progress) throws ImageProblem {
        String path = request.paths().get(at);
        IngestRequest run = IngestRequest.of(Path.of(path), Level.parse(request.level()), rules(path))
                .by(request.agent())
                .withKeys(request.keys().stream().map(Path::of).toList())
                .readingAll(request.readAll());
        IngestOutcome outcome = pipeline.run(run, news -> progress.accept(progress(at, path, news)), budget);
        derive(outcome);
        return new JobWork.Done(result(outcome), unread(path, outcome).map(ImageProblems::problem));
    }

    /** Indexes an image that is to be checked in, and keeps it in the store meanwhile. All of it is read: what is kept is what was seen. */
    IngestOutcome read(CheckInRequest request, WritingTurn turn, Budget budget, Consumer<JobProgress> progress)
            throws ImageProblem {
        return read(request.image(), request.agent(), request.keys(), turn, budget, progress);
    }

    /** The same of an image that need not become a version. */
    IngestOutcome read(
            String path,
            String agent,
            List<String> keys,
            WritingTurn turn,
            Budget budget,
            Consumer<JobProgress> progress)
            throws ImageProblem {
        IngestRequest run = IngestRequest.of(Path.of(path), Level.FULL, rules(path))
                .by(agent)
                .withKeys(keys.stream().map(Path::of).toList())
                .readingAll(true)
                .into(turn);
        IngestOutcome outcome = pipeline.run(run, news -> progress.accept(progress(0, path, news)), budget);
        attempt("sketch", outcome, () -> sketcher.sketch(outcome.inventory().hex()));
        return outcome;
    }

    /** What may be read of an image at a path. */
    ImageRules rules(String path) throws Unreadable {
        return new ImageRules(allowed(path), Optional.empty());
    }

    /** The catalog has changed: searches must see it. */
    void changed() {
        try {
            index.catchUp();
        } catch (RuntimeException e) {
            LOG.error("the search index is caught up at the next start", e);
        }
    }

    private List<Path> allowed(String path) throws Unreadable {
        try {
            return directories.list();
        } catch (IOException e) {
            throw new Unreadable(
                    "unreadable",
                    Origin.of(path),
                    "the list of allowed directories cannot be read",
                    "Look at config/directories in the data directory.",
                    e);
        }
    }

    /** What is derived can be made again at any time, so its failure, whatever it is, does not undo the run. */
    private void derive(IngestOutcome outcome) {
        attempt("sketch", outcome, () -> sketcher.sketch(outcome.inventory().hex()));
        attempt("search index", outcome, index::catchUp);
    }

    private static void attempt(String what, IngestOutcome outcome, Runnable derivation) {
        try {
            derivation.run();
        } catch (RuntimeException e) {
            LOG.error("the {} of inventory {} is made at the next start", what, outcome.inventory(), e);
        }
    }

    private static JobProgress progress(int at, String path, Progress news) {
        return new JobProgress(
                at,
                path,
                news.stage().word(),
                news.files(),
                news.bytes(),
                news.takenOverBytes(),
                news.totalBytes(),
                news.bytesPerSecond(),
                news.timeLeft().map(Duration::toSeconds).orElse(null));
    }

    private static JobResult result(IngestOutcome outcome) {
        return new JobResult.Indexed(
                outcome.imageId(),
                outcome.imageName(),
                outcome.inventory().hex(),
                outcome.level().word(),
                outcome.known(),
                outcome.counts().files(),
                outcome.counts().fileBytes(),
                outcome.takenOver().map(IndexWork::takenOver).orElse(null),
                outcome.packages(),
                outcome.observations().size(),
                outcome.duration().toMillis());
    }

    private static JobResult.TakenOver takenOver(IngestOutcome.TakenOver taken) {
        return new JobResult.TakenOver(taken.from().toString(), taken.files(), taken.fileBytes());
    }

    /** An image of which nothing could be read is registered, with its observations, but the run did not do what was asked. */
    private static Optional<ImageProblem> unread(String path, IngestOutcome outcome) {
        return switch (outcome.reading()) {
            case WHOLE, PARTIAL -> Optional.empty();
            case NOTHING -> {
                Optional<Observation> gravest =
                        outcome.observations().stream().max(Comparator.comparing(Observation::severity));
                yield Optional.of(new Unreadable(
                        gravest.map(Observation::code).orElse("no-file-system"),
                        Origin.of(gravest.map(Observation::where).orElse(path)),
                        gravest.map(Observation::message).orElse("no file system could be read"),
                        gravest.flatMap(Observation::remedy).orElse(null)));
            }
        };
    }
}
