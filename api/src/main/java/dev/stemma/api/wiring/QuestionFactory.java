package dev.stemma.api.wiring;

import dev.stemma.api.home.Home;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.ReadOnlyCypher;
import dev.stemma.ingest.manifest.ManifestStore;
import dev.stemma.ingest.text.KeptText;
import dev.stemma.ingest.text.TextStore;
import dev.stemma.ontology.export.ProvExport;
import dev.stemma.ontology.sparql.SparqlEngine;
import dev.stemma.queries.chains.ChainView;
import dev.stemma.queries.deployment.MachineList;
import dev.stemma.queries.drift.DriftFinder;
import dev.stemma.queries.drift.KeptTexts;
import dev.stemma.queries.drift.fleet.FleetFinder;
import dev.stemma.queries.drift.rules.DriftRules;
import dev.stemma.queries.inference.InferenceFinder;
import dev.stemma.queries.insight.Questions;
import dev.stemma.queries.inventory.InventoryView;
import dev.stemma.queries.inventory.References;
import dev.stemma.queries.inventory.VerificationView;
import dev.stemma.queries.lineage.FamilyTree;
import dev.stemma.queries.lineage.History;
import dev.stemma.queries.lineage.LineageQuestions;
import dev.stemma.queries.report.LineageReporter;
import dev.stemma.queries.search.FileSearch;
import dev.stemma.queries.search.ImageSearch;
import dev.stemma.queries.search.SearchIndex;
import dev.stemma.queries.search.SoftwareList;
import dev.stemma.queries.search.language.Suggestions;
import dev.stemma.queries.similarity.FileContents;
import dev.stemma.queries.similarity.SimilarityFinder;
import dev.stemma.queries.similarity.Sketcher;
import dev.stemma.queries.sprawl.SprawlFinder;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** What answers questions: one bean for each facade of {@code queries} and {@code ontology}, all over one graph. */
@Factory
final class QuestionFactory {

    @Singleton
    Graph graph(Startup startup) {
        return startup.graph();
    }

    @Singleton
    ReadOnlyCypher readOnlyCypher(Startup startup) {
        return new ReadOnlyCypher(startup.library().graph());
    }

    @Singleton
    Questions questions(ReadOnlyCypher cypher, Home home) {
        return new Questions(cypher, home.questions());
    }

    @Singleton
    SoftwareList softwareList(Graph graph, SearchIndex index) {
        return new SoftwareList(graph, index);
    }

    @Singleton
    References references(Graph graph) {
        return new References(graph);
    }

    @Singleton
    InventoryView inventoryView(Graph graph) {
        return new InventoryView(graph);
    }

    @Singleton
    VerificationView verificationView(Graph graph) {
        return new VerificationView(graph);
    }

    @Singleton
    SearchIndex searchIndex(Graph graph, Home home, TextStore texts) {
        return SearchIndex.open(graph, new KeptTextSource(home.texts(), texts), home.searchIndex());
    }

    @Singleton
    FileSearch fileSearch(Graph graph, SearchIndex index) {
        return new FileSearch(graph, index);
    }

    @Singleton
    ImageSearch imageSearch(Graph graph, FileSearch files, SearchIndex index) {
        return new ImageSearch(graph, files, index);
    }

    @Singleton
    Suggestions suggestions(ImageSearch images, SoftwareList software) {
        return new Suggestions(images, software);
    }

    @Singleton
    DriftRules driftRules(Home home) {
        return DriftRuleFile.read(home.driftRules());
    }

    @Singleton
    DriftFinder driftFinder(Graph graph, TextStore texts, SearchIndex index, DriftRules rules) {
        return new DriftFinder(
                graph, digest -> texts.find(Digest.parse(digest)).map(QuestionFactory::kept), index::nodes, rules);
    }

    @Singleton
    FleetFinder fleetFinder(Graph graph, DriftFinder drift) {
        return new FleetFinder(graph, drift);
    }

    private static KeptTexts.Kept kept(KeptText kept) {
        return switch (kept) {
            case KeptText.Text text -> new KeptTexts.Kept(Optional.of(text.text()), text.redacted());
            case KeptText.Binary _ -> new KeptTexts.Kept(Optional.empty(), 0);
        };
    }

    @Singleton
    FileContents fileContents(ManifestStore manifests) {
        return new ManifestContents(manifests);
    }

    @Singleton
    SimilarityFinder similarityFinder(Graph graph, FileContents contents) {
        return new SimilarityFinder(graph, contents);
    }

    @Singleton
    SprawlFinder sprawlFinder(Graph graph, SimilarityFinder similarity) {
        return new SprawlFinder(graph, similarity);
    }

    @Singleton
    Sketcher sketcher(Graph graph, FileContents contents) {
        return new Sketcher(graph, contents);
    }

    @Singleton
    FamilyTree familyTree(Graph graph) {
        return new FamilyTree(graph);
    }

    @Singleton
    LineageQuestions lineageQuestions(Graph graph) {
        return new LineageQuestions(graph);
    }

    @Singleton
    InferenceFinder inferenceFinder(Graph graph, ManifestStore manifests, TextStore texts) {
        return new InferenceFinder(graph, new ManifestFiles(manifests, texts));
    }

    @Singleton
    History history(Graph graph) {
        return new History(graph);
    }

    @Singleton
    MachineList machineList(Graph graph) {
        return new MachineList(graph);
    }

    @Singleton
    ChainView chainView(Graph graph) {
        return new ChainView(graph);
    }

    @Singleton
    LineageReporter lineageReporter(Graph graph) {
        return new LineageReporter(graph, Clock.systemUTC());
    }

    @Singleton
    SparqlEngine sparqlEngine(Graph graph) {
        return new SparqlEngine(graph);
    }

    @Singleton
    ProvExport provExport(Graph graph) {
        return new ProvExport(graph);
    }
}
