package dev.stemma.ontology.mapping;

import dev.stemma.ontology.mapping.RelationshipTerm.Narrowed;
import dev.stemma.ontology.mapping.RelationshipTerm.StatementTerm;
import dev.stemma.ontology.vocabulary.Stemma;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The table itself: the schema, line by line, with the words of other vocabularies that say the same. A property's own
 * predicate is its name; properties of relationships whose name nodes use too have a name of their own, so that each
 * predicate means one thing.
 */
final class SchemaTable {

    private static final String PROV = "http://www.w3.org/ns/prov#";
    private static final Set<String> CHILDREN =
            Set.of("Directory", "File", "UnreadFile", "Link", "Device", "Pipe", "Socket");

    static final List<NodeTerm> NODES = List.of(
            node("Repository", "id", texts("id", "name", "kind", "connector", "uri")),
            node(
                    "Image",
                    "id",
                    texts("id", "name", "description", "format", "location"),
                    integers("virtualBytes", "allocatedBytes"),
                    times("modifiedAt"),
                    texts("state"),
                    times("registeredAt"),
                    texts("content", "author", "message"),
                    times("checkedInAt", "stateChangedAt", "deletedAt", "collectedAt", "replacedAt"),
                    texts("formerLocation"),
                    integers("branches")),
            node(
                    "Activity",
                    "id",
                    texts("id", "kind"),
                    also(Datatype.TIME, "startedAt", PROV + "startedAtTime"),
                    also(Datatype.TIME, "endedAt", PROV + "endedAtTime"),
                    texts("parameters", "message")),
            node("Agent", "id", texts("id", "name", "kind")),
            node(
                    "Inventory",
                    "id",
                    texts("id", "level"),
                    integers("sequence"),
                    texts("manifest"),
                    integers("entries", "files", "fileBytes", "packages"),
                    list("analyzers"),
                    also(Datatype.TIME, "committedAt", PROV + "generatedAtTime")),
            node("Volume", "id", texts("id"), integers("virtualBytes"), texts("table")),
            node(
                    "Partition",
                    "id",
                    texts("id"),
                    integers("number", "offsetBytes", "sizeBytes"),
                    texts("type", "name", "uuid"),
                    flags("bootable")),
            node(
                    "FileSystem",
                    "id",
                    texts("id", "type", "uuid", "label"),
                    times("createdAt"),
                    integers("sizeBytes", "usedBytes"),
                    texts("reader")),
            node(
                    "OperatingSystem",
                    "id",
                    texts("id", "distribution", "version", "patchLevel", "prettyName", "architecture")),
            node(
                    "PackageVersion",
                    "purl",
                    texts("purl", "version", "architecture", "source", "sourceVersion"),
                    integers("owned")),
            node("Package", "id", texts("id", "name", "ecosystem")),
            node("PackageGroup", "id", texts("id"), integers("packages")),
            node("Observation", "id", texts("id", "code", "severity", "where", "message", "remedy", "by")),
            node("Band", "id", texts("id")),
            node("Directory", "id", texts("id")),
            node("DirectoryChunk", "id", texts("id")),
            node("File", "id", texts("id"), integers("sizeBytes")),
            node("UnreadFile", "id", texts("id"), integers("sizeBytes")),
            node("Link", "id", texts("id", "target")),
            node("Device", "id", texts("id", "kind"), integers("major", "minor")),
            node("Pipe", "id", texts("id")),
            node("Socket", "id", texts("id")));

    static final List<RelationshipTerm> RELATIONSHIPS = List.of(
            plain("STORED_IN", Set.of("Image"), Set.of("Repository")),
            new RelationshipTerm(
                    "HAS_INVENTORY",
                    List.of(Stemma.term("hasInventory")),
                    Set.of("Image"),
                    Set.of("Inventory"),
                    Optional.of(new Narrowed(Stemma.term("currentInventory"), "until")),
                    statement(
                            "InventoryPeriod",
                            "qualifiedInventory",
                            true,
                            List.of("observedAt"),
                            times("observedAt"),
                            named(Datatype.TEXT, "level", "observedLevel"),
                            times("until"),
                            texts("activity"))),
            new RelationshipTerm(
                    "DERIVED_FROM",
                    List.of(Stemma.term("derivedFrom"), PROV + "wasDerivedFrom"),
                    Set.of("Image"),
                    Set.of("Image"),
                    Optional.empty(),
                    derivation()),
            plain("GENERATED_BY", Set.of("Image", "Inventory", "Machine"), Set.of("Activity"), "wasGeneratedBy"),
            plain("USED", Set.of("Activity"), Set.of("Image", "Machine"), "used"),
            plain("ASSOCIATED_WITH", Set.of("Activity"), Set.of("Agent"), "wasAssociatedWith"),
            qualified(
                    "HAS_VOLUME",
                    Set.of("Inventory"),
                    Set.of("Volume"),
                    statement("VolumePlace", "qualifiedVolume", false, List.of("index"), integers("index"))),
            qualified(
                    "HAS_PARTITION",
                    Set.of("Volume"),
                    Set.of("Partition"),
                    statement(
                            "PartitionPlace",
                            "qualifiedPartition",
                            false,
                            List.of("number"),
                            named(Datatype.INTEGER, "number", "partitionNumber"))),
            plain("HOLDS", Set.of("Partition"), Set.of("FileSystem")),
            qualified(
                    "ROOT",
                    Set.of("FileSystem"),
                    Set.of("Directory"),
                    statement("RootPlace", "qualifiedRoot", true, List.of(), attributes())),
            qualified(
                    "MOUNTS",
                    Set.of("Inventory"),
                    Set.of("FileSystem"),
                    statement(
                            "MountPlace",
                            "qualifiedMount",
                            true,
                            List.of("guest", "path"),
                            texts("path"),
                            named(Datatype.INTEGER, "guest", "guestIndex"),
                            named(Datatype.INTEGER, "volume", "volumeIndex"),
                            named(Datatype.INTEGER, "partition", "mountedPartition"))),
            plain("RUNS", Set.of("Inventory"), Set.of("OperatingSystem")),
            plain("HAS_PACKAGES", Set.of("Inventory"), Set.of("PackageGroup")),
            qualified(
                    "INSTALLS",
                    Set.of("PackageGroup"),
                    Set.of("PackageVersion"),
                    statement(
                            "Installation",
                            "qualifiedInstallation",
                            true,
                            List.of(),
                            named(Datatype.TEXT, "state", "installState"),
                            flags("held", "present"),
                            list("locations"))),
            plain("VERSION_OF", Set.of("PackageVersion"), Set.of("Package")),
            qualified(
                    "OWNS",
                    Set.of("PackageVersion"),
                    CHILDREN,
                    statement(
                            "Ownership",
                            "qualifiedOwnership",
                            false,
                            List.of("path"),
                            texts("path", "md5", "checksum"),
                            flags("configuration"))),
            plain("HAS_OBSERVATION", Set.of("Inventory"), Set.of("Observation")),
            plain("IN_BAND", Set.of("Inventory"), Set.of("Band")),
            qualified(
                    "ENTRY",
                    Set.of("Directory", "DirectoryChunk"),
                    CHILDREN,
                    statement(
                            "Entry",
                            "qualifiedEntry",
                            false,
                            List.of("name"),
                            Stream.concat(named(Datatype.TEXT, "name", "entryName"), attributes()))),
            qualified(
                    "CHUNK",
                    Set.of("Directory", "DirectoryChunk"),
                    Set.of("DirectoryChunk"),
                    statement("ChunkPlace", "qualifiedChunk", false, List.of("index"), integers("index"))));

    private SchemaTable() {}

    @SafeVarargs
    static NodeTerm node(String label, String key, Stream<PropertyTerm>... properties) {
        String aligned =
                switch (label) {
                    case "Image", "Inventory", "Machine" -> PROV + "Entity";
                    case "Activity" -> PROV + "Activity";
                    case "Agent" -> PROV + "Agent";
                    default -> "";
                };
        List<String> classes = aligned.isEmpty() ? List.of(Stemma.term(label)) : List.of(Stemma.term(label), aligned);
        return new NodeTerm(label, Iris.kind(label), key, classes, all(properties));
    }

    static RelationshipTerm plain(String type, Set<String> starts, Set<String> ends, String... prov) {
        Stream<String> own = Stream.of(Stemma.term(Stemma.lowerCamel(type)));
        List<String> predicates =
                Stream.concat(own, Arrays.stream(prov).map(PROV::concat)).toList();
        return new RelationshipTerm(type, predicates, starts, ends, Optional.empty(), Optional.empty());
    }

    static RelationshipTerm qualified(
            String type, Set<String> starts, Set<String> ends, Optional<StatementTerm> statement) {
        List<String> predicates = List.of(Stemma.term(Stemma.lowerCamel(type)));
        return new RelationshipTerm(type, predicates, starts, ends, Optional.empty(), statement);
    }

    @SafeVarargs
    static Optional<StatementTerm> statement(
            String name, String qualifier, boolean endInKey, List<String> keys, Stream<PropertyTerm>... properties) {
        List<PropertyTerm> terms = all(properties);
        return Optional.of(new StatementTerm(
                Iris.kind(name),
                List.of(Stemma.term(name)),
                List.of(Stemma.term(qualifier)),
                List.of(Stemma.term("refersTo")),
                endInKey,
                keys.stream().map(key -> named(terms, key)).toList(),
                terms));
    }

    private static Optional<StatementTerm> derivation() {
        return statement(
                        "Derivation",
                        "qualifiedDerivation",
                        true,
                        List.of("kind", "basis"),
                        named(Datatype.TEXT, "kind", "derivationKind"),
                        texts("basis"),
                        named(Datatype.NUMBER, "confidence", "confidence"),
                        texts("evidence"),
                        times("since"))
                .map(own -> new StatementTerm(
                        own.kind(),
                        List.of(own.classes().getFirst(), PROV + "Derivation"),
                        List.of(own.qualifiers().getFirst(), PROV + "qualifiedDerivation"),
                        List.of(own.targets().getFirst(), PROV + "entity"),
                        own.endInKey(),
                        own.keys(),
                        own.properties()));
    }

    private static PropertyTerm named(List<PropertyTerm> terms, String name) {
        return terms.stream()
                .filter(term -> term.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<PropertyTerm> attributes() {
        return Stream.of(integers("mode", "uid", "gid"), list("xattrs")).flatMap(terms -> terms);
    }

    @SafeVarargs
    private static List<PropertyTerm> all(Stream<PropertyTerm>... properties) {
        return Arrays.stream(properties).flatMap(terms -> terms).toList();
    }

    static Stream<PropertyTerm> texts(String... names) {
        return Arrays.stream(names).flatMap(name -> named(Datatype.TEXT, name, name));
    }

    static Stream<PropertyTerm> integers(String... names) {
        return Arrays.stream(names).flatMap(name -> named(Datatype.INTEGER, name, name));
    }

    static Stream<PropertyTerm> times(String... names) {
        return Arrays.stream(names).flatMap(name -> named(Datatype.TIME, name, name));
    }

    static Stream<PropertyTerm> flags(String... names) {
        return Arrays.stream(names).flatMap(name -> named(Datatype.FLAG, name, name));
    }

    static Stream<PropertyTerm> list(String name) {
        return Stream.of(new PropertyTerm(name, Datatype.TEXT, true, List.of(Stemma.term(name))));
    }

    static Stream<PropertyTerm> named(Datatype datatype, String name, String local) {
        return Stream.of(new PropertyTerm(name, datatype, false, List.of(Stemma.term(local))));
    }

    private static Stream<PropertyTerm> also(Datatype datatype, String name, String same) {
        return Stream.of(new PropertyTerm(name, datatype, false, List.of(Stemma.term(name), same)));
    }
}
