package dev.stemma.ontology.mapping;

import static dev.stemma.ontology.mapping.SchemaTable.integers;
import static dev.stemma.ontology.mapping.SchemaTable.named;
import static dev.stemma.ontology.mapping.SchemaTable.node;
import static dev.stemma.ontology.mapping.SchemaTable.plain;
import static dev.stemma.ontology.mapping.SchemaTable.qualified;
import static dev.stemma.ontology.mapping.SchemaTable.statement;
import static dev.stemma.ontology.mapping.SchemaTable.texts;
import static dev.stemma.ontology.mapping.SchemaTable.times;

import dev.stemma.ontology.mapping.RelationshipTerm.Narrowed;
import dev.stemma.ontology.vocabulary.Stemma;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The part of the table that says how versions stand in chains, and what became of them. */
final class VersionTable {

    private static final Set<String> IMAGE = Set.of("Image");
    private static final Set<String> CHAIN = Set.of("VersionChain");
    private static final Set<String> CHANNEL = Set.of("Channel");

    static final List<NodeTerm> NODES = List.of(
            node("VersionChain", "id", texts("id", "name"), times("createdAt", "changedAt"), integers("last")),
            node("Channel", "id", texts("id", "name")),
            node(
                    "Machine",
                    "id",
                    texts("id", "name", "kind", "state", "powerState"),
                    times("registeredAt", "changedAt")));

    static final List<RelationshipTerm> RELATIONSHIPS = List.of(
            qualified(
                    "HAS_VERSION",
                    CHAIN,
                    IMAGE,
                    statement(
                            "VersionPlace",
                            "qualifiedVersion",
                            true,
                            List.of("ordinal"),
                            named(Datatype.TEXT, "number", "versionNumber"),
                            integers("ordinal"),
                            times("since"))),
            qualified(
                    "HAD_VERSION",
                    CHAIN,
                    IMAGE,
                    statement(
                            "FormerVersionPlace",
                            "qualifiedFormerVersion",
                            true,
                            List.of("ordinal"),
                            named(Datatype.TEXT, "number", "versionNumber"),
                            integers("ordinal"),
                            times("since", "until"))),
            qualified(
                    "HAS_BRANCH",
                    IMAGE,
                    Set.of("Image", "Machine"),
                    statement(
                            "BranchPlace",
                            "qualifiedBranch",
                            true,
                            List.of("number"),
                            named(Datatype.INTEGER, "number", "branchNumber"),
                            times("since"))),
            qualified(
                    "HAD_PARENT",
                    IMAGE,
                    IMAGE,
                    statement(
                            "FormerDerivation",
                            "qualifiedFormerDerivation",
                            true,
                            List.of("kind", "basis", "since", "until"),
                            named(Datatype.TEXT, "kind", "derivationKind"),
                            texts("basis"),
                            named(Datatype.NUMBER, "confidence", "confidence"),
                            texts("evidence"),
                            times("since", "until"))),
            new RelationshipTerm(
                    "DEPLOYED_FROM",
                    List.of(Stemma.term("deployedFrom")),
                    Set.of("Machine"),
                    IMAGE,
                    Optional.of(new Narrowed(Stemma.term("runsNow"), "until")),
                    statement("Deployment", "qualifiedDeployment", true, List.of("since"), times("since", "until"))),
            plain("HAS_CHANNEL", CHAIN, CHANNEL),
            qualified(
                    "POINTS_TO",
                    CHANNEL,
                    IMAGE,
                    statement("ChannelPeriod", "qualifiedPointer", true, List.of(), times("since"))),
            qualified(
                    "POINTED_TO",
                    CHANNEL,
                    IMAGE,
                    statement(
                            "FormerChannelPeriod",
                            "qualifiedFormerPointer",
                            true,
                            List.of("since"),
                            times("since", "until"))),
            qualified(
                    "CHANGED",
                    Set.of("Activity"),
                    Set.of("Image", "Machine"),
                    statement("Change", "qualifiedChange", true, List.of(), texts("from", "to"))));

    private VersionTable() {}
}
