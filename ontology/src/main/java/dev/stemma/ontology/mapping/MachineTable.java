package dev.stemma.ontology.mapping;

import static dev.stemma.ontology.mapping.SchemaTable.flags;
import static dev.stemma.ontology.mapping.SchemaTable.integers;
import static dev.stemma.ontology.mapping.SchemaTable.list;
import static dev.stemma.ontology.mapping.SchemaTable.node;
import static dev.stemma.ontology.mapping.SchemaTable.plain;
import static dev.stemma.ontology.mapping.SchemaTable.qualified;
import static dev.stemma.ontology.mapping.SchemaTable.statement;
import static dev.stemma.ontology.mapping.SchemaTable.texts;
import static dev.stemma.ontology.mapping.SchemaTable.times;

import java.util.List;
import java.util.Set;

/** The part of the table that says what a machine is: how it boots, who it is, what it runs. */
final class MachineTable {

    private static final Set<String> INVENTORY = Set.of("Inventory");

    static final List<NodeTerm> NODES = List.of(
            node(
                    "BootSetup",
                    "id",
                    texts("id"),
                    list("firmware"),
                    list("bootLoaders"),
                    list("bootEvidence"),
                    texts("defaultKernel", "commandLine", "initSystem", "defaultTarget")),
            node("Kernel", "id", texts("id", "kernelVersion", "file", "initrd")),
            node("Service", "id", texts("id", "name", "kind")),
            node("ScheduledJob", "id", texts("id", "kind", "schedule", "runsAs", "program", "file")),
            node(
                    "HostIdentity",
                    "id",
                    texts("id", "hostName", "machineId", "machineIdState", "cloudDatasource", "cloudInstance")),
            node(
                    "Account",
                    "id",
                    texts("id", "name"),
                    integers("userId", "groupId"),
                    texts("home", "shell", "password")),
            node("AccountGroup", "id", texts("id", "name"), integers("groupId"), list("members")),
            node("SshKey", "id", texts("id", "keyType"), integers("bits")),
            node("Certificate", "id", texts("id", "subject", "issuer", "serial"), times("notBefore", "notAfter")),
            node("PrivateKey", "id", texts("id", "file", "keyFormat"), flags("encrypted"), texts("fingerprint")),
            node(
                    "NetworkInterface",
                    "id",
                    texts("id", "name", "method"),
                    list("addresses"),
                    texts("configuredBy", "file")),
            node("Listener", "id", texts("id", "program", "address"), integers("port"), texts("file")),
            node("UnownedProgram", "id", texts("id", "name", "file")),
            node("Role", "id", texts("id", "name")));

    static final List<RelationshipTerm> RELATIONSHIPS = List.of(
            plain("BOOTS_WITH", INVENTORY, Set.of("BootSetup")),
            plain("HAS_KERNEL", INVENTORY, Set.of("Kernel")),
            qualified(
                    "ENABLES",
                    INVENTORY,
                    Set.of("Service"),
                    statement("Enablement", "qualifiedEnablement", true, List.of(), list("startedBy"))),
            plain("SCHEDULES", INVENTORY, Set.of("ScheduledJob")),
            plain("IDENTIFIED_BY", INVENTORY, Set.of("HostIdentity")),
            plain("HAS_ACCOUNT", INVENTORY, Set.of("Account")),
            plain("HAS_GROUP", INVENTORY, Set.of("AccountGroup")),
            qualified(
                    "HAS_HOST_KEY",
                    INVENTORY,
                    Set.of("SshKey"),
                    statement("HostKeyPlace", "qualifiedHostKey", true, List.of("path"), texts("path"))),
            qualified(
                    "HOLDS_CERTIFICATE",
                    INVENTORY,
                    Set.of("Certificate"),
                    statement("CertificatePlace", "qualifiedCertificate", true, List.of("path"), texts("path"))),
            plain("HOLDS_PRIVATE_KEY", INVENTORY, Set.of("PrivateKey")),
            plain("CONFIGURES_INTERFACE", INVENTORY, Set.of("NetworkInterface")),
            plain("LISTENS_ON", INVENTORY, Set.of("Listener")),
            plain("CARRIES", INVENTORY, Set.of("UnownedProgram")),
            qualified(
                    "HAS_ROLE",
                    INVENTORY,
                    Set.of("Role"),
                    statement("RoleAssignment", "qualifiedRole", true, List.of(), texts("analyzer"), list("reasons"))),
            plain("MASKS", INVENTORY, Set.of("Service")),
            qualified(
                    "AUTHORIZES",
                    INVENTORY,
                    Set.of("SshKey"),
                    statement(
                            "Authorization",
                            "qualifiedAuthorization",
                            true,
                            List.of("account", "path"),
                            texts("account", "comment", "path"))));

    private MachineTable() {}
}
