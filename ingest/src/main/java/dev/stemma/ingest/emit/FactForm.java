package dev.stemma.ingest.emit;

import dev.stemma.graph.id.CanonicalForm;
import dev.stemma.graph.id.Digest;
import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.GuestFact.Certificate;
import dev.stemma.graph.model.GuestFact.SshKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A fact as the graph has it: the node it is about, and how the inventory leads there. Nodes are values, shared by all inventories
 * that say the same.
 *
 * @param id of the node: the name where one thing has one name, else the digest of its properties
 * @param properties of the node beside its id, texts, numbers, flags, times and lists of texts
 * @param type of the relationship
 * @param attributes of the relationship
 */
record FactForm(
        String label, String id, TreeMap<String, Object> properties, String type, TreeMap<String, Object> attributes)
        implements Comparable<FactForm> {

    private static final Comparator<FactForm> ORDER = Comparator.comparing(FactForm::type)
            .thenComparing(FactForm::id)
            .thenComparing(form -> form.attributes().toString());

    /** Puts properties together; what is empty is left out. */
    private static final class Properties {
        private final TreeMap<String, Object> values = new TreeMap<>();

        Properties with(String name, Object value) {
            Object plain = value instanceof Optional<?> maybe ? maybe.orElse(null) : value;
            if (plain instanceof Instant time) {
                values.put(name, time.atZone(ZoneOffset.UTC));
            } else if (plain instanceof Integer number) {
                values.put(name, number.longValue());
            } else if (plain != null && !(plain instanceof List<?> list && list.isEmpty())) {
                values.put(name, plain);
            }
            return this;
        }
    }

    private static Properties with(String name, Object value) {
        return new Properties().with(name, value);
    }

    static FactForm of(GuestFact fact) {
        return switch (fact) {
            case GuestFact.BootSetup boot ->
                value(
                        "BootSetup",
                        "BOOTS_WITH",
                        with("firmware", boot.firmware())
                                .with("bootLoaders", boot.bootLoaders())
                                .with("bootEvidence", boot.bootEvidence())
                                .with("defaultKernel", boot.defaultKernel())
                                .with("commandLine", boot.commandLine())
                                .with("initSystem", boot.initSystem())
                                .with("defaultTarget", boot.defaultTarget()));
            case GuestFact.Kernel kernel ->
                value(
                        "Kernel",
                        "HAS_KERNEL",
                        with("kernelVersion", kernel.version())
                                .with("file", kernel.file())
                                .with("initrd", kernel.initrd()));
            case GuestFact.EnabledService service ->
                service("ENABLES", service.name(), service.kind(), with("startedBy", service.startedBy()));
            case GuestFact.MaskedService service -> service("MASKS", service.name(), service.kind(), new Properties());
            case GuestFact.ScheduledJob job ->
                value(
                        "ScheduledJob",
                        "SCHEDULES",
                        with("kind", job.kind())
                                .with("schedule", job.schedule())
                                .with("runsAs", job.runsAs())
                                .with("program", job.program())
                                .with("file", job.file()));
            case GuestFact.HostIdentity host ->
                value(
                        "HostIdentity",
                        "IDENTIFIED_BY",
                        with("hostName", host.hostName())
                                .with("machineId", host.machineId())
                                .with("machineIdState", host.machineIdState())
                                .with("cloudDatasource", host.cloudDatasource())
                                .with("cloudInstance", host.cloudInstance()));
            case GuestFact.Account account ->
                value(
                        "Account",
                        "HAS_ACCOUNT",
                        with("name", account.name())
                                .with("userId", account.userId())
                                .with("groupId", account.groupId())
                                .with("home", account.home())
                                .with("shell", account.shell())
                                .with("password", account.password()));
            case GuestFact.AccountGroup group ->
                value(
                        "AccountGroup",
                        "HAS_GROUP",
                        with("name", group.name())
                                .with("groupId", group.groupId())
                                .with("members", group.members()));
            case GuestFact.HostKey(SshKey key, String path) -> key(key, "HAS_HOST_KEY", with("path", path));
            case GuestFact.AuthorizedKey(SshKey key, String account, Optional<String> comment, String path) ->
                key(
                        key,
                        "AUTHORIZES",
                        with("account", account).with("comment", comment).with("path", path));
            case GuestFact.HeldCertificate(Certificate one, String path) ->
                new FactForm(
                        "Certificate",
                        one.fingerprint(),
                        with("subject", one.subject())
                                .with("issuer", one.issuer())
                                .with("serial", one.serial())
                                .with("notBefore", one.notBefore())
                                .with("notAfter", one.notAfter())
                                .values,
                        "HOLDS_CERTIFICATE",
                        with("path", path).values);
            case GuestFact.PrivateKey key ->
                value(
                        "PrivateKey",
                        "HOLDS_PRIVATE_KEY",
                        with("file", key.file())
                                .with("keyFormat", key.format())
                                .with("encrypted", key.encrypted())
                                .with("fingerprint", key.fingerprint()));
            case GuestFact.NetworkInterface one ->
                value(
                        "NetworkInterface",
                        "CONFIGURES_INTERFACE",
                        with("name", one.name())
                                .with("method", one.method())
                                .with("addresses", one.addresses())
                                .with("configuredBy", one.configuredBy())
                                .with("file", one.file()));
            case GuestFact.Listener listener ->
                value(
                        "Listener",
                        "LISTENS_ON",
                        with("program", listener.program())
                                .with("address", listener.address())
                                .with("port", listener.port())
                                .with("file", listener.file()));
            case GuestFact.UnownedProgram program ->
                value("UnownedProgram", "CARRIES", with("name", program.name()).with("file", program.file()));
        };
    }

    private static FactForm value(String label, String type, Properties properties) {
        return new FactForm(
                label,
                digest("stemma-fact/1", List.of(label), List.of(properties.values))
                        .hex(),
                properties.values,
                type,
                new TreeMap<>());
    }

    private static FactForm service(String type, String name, String kind, Properties attributes) {
        return new FactForm(
                "Service", kind + "/" + name, with("name", name).with("kind", kind).values, type, attributes.values);
    }

    private static FactForm key(SshKey key, String type, Properties attributes) {
        return new FactForm(
                "SshKey",
                key.fingerprint(),
                with("keyType", key.type()).with("bits", key.bits()).values,
                type,
                attributes.values);
    }

    /** Over all of it, for the inventory's own id. */
    Digest digest() {
        return digest("stemma-fact-of/1", List.of(label, id, type), List.of(properties, attributes));
    }

    private static Digest digest(String domain, List<String> words, List<? extends Map<String, Object>> maps) {
        CanonicalForm form = new CanonicalForm(domain);
        words.forEach(form::text);
        for (Map<String, Object> map : maps) {
            form.number(map.size());
            map.forEach((name, value) -> {
                form.text(name);
                if (value instanceof List<?> list) {
                    form.number(list.size());
                    list.forEach(item -> form.text(String.valueOf(item)));
                } else {
                    form.text(value.toString());
                }
            });
        }
        return form.finish();
    }

    @Override
    public int compareTo(FactForm other) {
        return ORDER.compare(this, other);
    }
}
