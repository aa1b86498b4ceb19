package dev.stemma.docs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The directions of the house and which library may be seen where; {@code docs/architecture.adoc} includes these rules. */
@AnalyzeClasses(packages = "dev.stemma", importOptions = HouseRulesTest.MainClasses.class)
final class HouseRulesTest {

    /** What is built from {@code src/main}: neither test folders nor the test jar that modules share. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }

    // tag::layers[]
    @ArchTest
    static final ArchRule MODULES_DEPEND_DOWNWARDS = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.stemma..")
            .layer("api")
            .definedBy("dev.stemma.api..")
            .layer("ingest")
            .definedBy("dev.stemma.ingest..")
            .layer("queries")
            .definedBy("dev.stemma.queries..")
            .layer("ontology")
            .definedBy("dev.stemma.ontology..")
            .layer("graph-model")
            .definedBy("dev.stemma.graph..")
            .whereLayer("api")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("ingest")
            .mayOnlyBeAccessedByLayers("api")
            .whereLayer("queries")
            .mayOnlyBeAccessedByLayers("api")
            .whereLayer("ontology")
            .mayOnlyBeAccessedByLayers("api");
    // end::layers[]

    // tag::libraries[]
    @ArchTest
    static final ArchRule SPRING_STAYS_IN_THE_CATALOG = only("dev.stemma.graph.catalog..", "org.springframework..");

    @ArchTest
    static final ArchRule THE_DRIVER_STAYS_IN_GRAPH_MODEL = only("dev.stemma.graph..", "org.neo4j.driver..");

    @ArchTest
    static final ArchRule LIBGUESTFS_STAYS_IN_ITS_READER =
            only("dev.stemma.ingest.filesystem.guestfs..", "com.redhat.et.libguestfs..");

    @ArchTest
    static final ArchRule THE_AWS_SDK_STAYS_IN_ITS_ROOM =
            only("dev.stemma.ingest.content.s3..", "software.amazon.awssdk..");

    @ArchTest
    static final ArchRule INGEST_READS_JSON_IN_ONE_ROOM = noClasses()
            .that()
            .resideInAPackage("dev.stemma.ingest..")
            .and()
            .resideOutsideOfPackage("dev.stemma.ingest.analyze.json..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule LUCENE_STAYS_IN_SEARCH = only("dev.stemma.queries.search..", "org.apache.lucene..");

    @ArchTest
    static final ArchRule NETWORK_CLUSTERING_STAYS_IN_SPRAWL = only("dev.stemma.queries.sprawl..", "nl.cwts..");

    @ArchTest
    static final ArchRule TEXT_DIFFS_STAY_IN_DRIFT = only("dev.stemma.queries.drift..", "com.github.difflib..");

    @ArchTest
    static final ArchRule JENA_STAYS_IN_ONTOLOGY = only("dev.stemma.ontology..", "org.apache.jena..");

    @ArchTest
    static final ArchRule MICRONAUT_AND_GRAPHQL_STAY_IN_API =
            only("dev.stemma.api..", "io.micronaut..", "graphql..", "picocli..");
    // end::libraries[]

    // tag::rooms[]
    @ArchTest
    static final ArchRule THE_MODEL_DEPENDS_ON_NOTHING = noClasses()
            .that()
            .resideInAPackage("dev.stemma.graph.model..")
            .should()
            .dependOnClassesThat(not(resideInAnyPackage(
                    "dev.stemma.graph.model..", "dev.stemma.graph.id..", "java..", "org.jspecify.annotations..")));

    @ArchTest
    static final ArchRule ROOMS_HAVE_NO_CYCLES =
            slices().matching("dev.stemma.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_ROOM_IS_A_DRAWER = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..common..", "..impl..", "..manager..", "..helper..", "..misc..");

    @ArchTest
    static final ArchRule CATALOG_ENTITIES_ARE_FLAT = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.springframework.data.neo4j.core.schema.Relationship")
            .because("mapping a graph of objects took seconds and overflowed the stack (ADR 10)");
    // end::rooms[]

    private static ArchRule only(String room, String... libraries) {
        return noClasses()
                .that(not(resideInAPackage(room)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(libraries))
                .allowEmptyShould(true);
    }
}
