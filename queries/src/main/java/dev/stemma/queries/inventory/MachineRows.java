package dev.stemma.queries.inventory;

import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.HeldRole;
import dev.stemma.graph.store.Graph;
import dev.stemma.graph.store.Row;
import dev.stemma.graph.store.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads facts on a machine back from the graph. */
final class MachineRows {

    private static final Statement MACHINE = Statement.named(MachineRows.class, "inventory/machine.cypher");

    private MachineRows() {}

    static MachineView of(Graph.Transaction transaction, String inventoryId) {
        List<HeldRole> roles = new ArrayList<>();
        List<GuestFact> facts = new ArrayList<>();
        for (Row row :
                transaction.run(MACHINE.with(Map.of("inventoryId", inventoryId, "limit", MachineView.MAX_FACTS)))) {
            Row fact = row(row.require("fact"));
            Row held = row(row.require("held"));
            if (row.text("type").equals("HAS_ROLE")) {
                roles.add(new HeldRole(fact.text("name"), held.text("analyzer"), texts(held, "reasons")));
            } else {
                facts.add(fact(row.text("type"), fact, held));
            }
        }
        return MachineView.of(roles, facts);
    }

    private static Row row(Object properties) {
        Map<String, Object> values = new HashMap<>(); // properties are never null
        ((Map<?, ?>) properties).forEach((name, value) -> values.put(String.valueOf(name), value));
        return new Row(values);
    }

    private static List<String> texts(Row row, String name) {
        return row.find(name).isPresent() ? row.texts(name) : List.of();
    }

    private static GuestFact fact(String type, Row fact, Row held) {
        return switch (type) {
            case "BOOTS_WITH" ->
                new GuestFact.BootSetup(
                        texts(fact, "firmware"),
                        texts(fact, "bootLoaders"),
                        texts(fact, "bootEvidence"),
                        fact.findText("defaultKernel"),
                        fact.findText("commandLine"),
                        fact.findText("initSystem"),
                        fact.findText("defaultTarget"));
            case "HAS_KERNEL" ->
                new GuestFact.Kernel(fact.text("kernelVersion"), fact.text("file"), fact.findText("initrd"));
            case "ENABLES" ->
                new GuestFact.EnabledService(fact.text("name"), fact.text("kind"), texts(held, "startedBy"));
            case "MASKS" -> new GuestFact.MaskedService(fact.text("name"), fact.text("kind"));
            case "SCHEDULES" ->
                new GuestFact.ScheduledJob(
                        fact.text("kind"),
                        fact.text("schedule"),
                        fact.findText("runsAs"),
                        fact.findText("program"),
                        fact.text("file"));
            case "IDENTIFIED_BY" ->
                new GuestFact.HostIdentity(
                        fact.findText("hostName"),
                        fact.findText("machineId"),
                        fact.text("machineIdState"),
                        fact.findText("cloudDatasource"),
                        fact.findText("cloudInstance"));
            case "HAS_ACCOUNT" ->
                new GuestFact.Account(
                        fact.text("name"),
                        fact.number("userId"),
                        fact.number("groupId"),
                        fact.text("home"),
                        fact.text("shell"),
                        fact.text("password"));
            case "HAS_GROUP" ->
                new GuestFact.AccountGroup(fact.text("name"), fact.number("groupId"), texts(fact, "members"));
            case "HAS_HOST_KEY" -> new GuestFact.HostKey(key(fact), held.text("path"));
            case "AUTHORIZES" ->
                new GuestFact.AuthorizedKey(
                        key(fact), held.text("account"), held.findText("comment"), held.text("path"));
            case "HOLDS_CERTIFICATE" -> new GuestFact.HeldCertificate(certificate(fact), held.text("path"));
            case "HOLDS_PRIVATE_KEY" ->
                new GuestFact.PrivateKey(
                        fact.text("file"),
                        fact.text("keyFormat"),
                        fact.flag("encrypted"),
                        fact.findText("fingerprint"));
            case "CONFIGURES_INTERFACE" ->
                new GuestFact.NetworkInterface(
                        fact.text("name"),
                        fact.text("method"),
                        texts(fact, "addresses"),
                        fact.text("configuredBy"),
                        fact.text("file"));
            case "LISTENS_ON" ->
                new GuestFact.Listener(
                        fact.text("program"),
                        fact.findText("address"),
                        Math.toIntExact(fact.number("port")),
                        fact.text("file"));
            case "CARRIES" -> new GuestFact.UnownedProgram(fact.text("name"), fact.text("file"));
            default -> throw new IllegalStateException("the query asked for no " + type);
        };
    }

    private static GuestFact.SshKey key(Row fact) {
        return new GuestFact.SshKey(fact.text("id"), fact.text("keyType"), Math.toIntExact(fact.number("bits")));
    }

    private static GuestFact.Certificate certificate(Row fact) {
        return new GuestFact.Certificate(
                fact.text("id"),
                fact.text("subject"),
                fact.text("issuer"),
                fact.text("serial"),
                fact.findInstant("notBefore").orElseThrow(),
                fact.findInstant("notAfter").orElseThrow());
    }
}
