package dev.stemma.queries.drift.system;

import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.OperatingSystem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A fact in the form in which it is compared: two facts of one area and one name are the same thing, which may have changed.
 *
 * @param properties all else that is said of it, by name
 */
record SystemFact(String area, String name, Map<String, String> properties) {

    static SystemFact of(OperatingSystem system) {
        return new SystemFact(
                "operating system",
                system.distribution(),
                new Said()
                        .say("version", system.version())
                        .say("patch level", system.patchLevel())
                        .say("name", system.prettyName())
                        .say("architecture", system.architecture())
                        .all);
    }

    static SystemFact ofRole(String role) {
        return new SystemFact("role", role, Map.of());
    }

    static SystemFact of(GuestFact fact) {
        return switch (fact) {
            case GuestFact.BootSetup boot ->
                new SystemFact(
                        "boot",
                        "boot",
                        new Said()
                                .say("firmware", boot.firmware())
                                .say("boot loaders", boot.bootLoaders())
                                .say("default kernel", boot.defaultKernel())
                                .say("command line", boot.commandLine())
                                .say("init system", boot.initSystem())
                                .say("default target", boot.defaultTarget())
                                .all);
            case GuestFact.Kernel kernel ->
                new SystemFact(
                        "kernel",
                        kernel.version(),
                        new Said().say("file", kernel.file()).say("initrd", kernel.initrd()).all);
            case GuestFact.EnabledService service ->
                new SystemFact(
                        "service",
                        service.name() + "." + service.kind(),
                        new Said().say("started by", service.startedBy()).all);
            case GuestFact.MaskedService service ->
                new SystemFact("masked service", service.name() + "." + service.kind(), Map.of());
            case GuestFact.ScheduledJob job ->
                new SystemFact(
                        "scheduled job",
                        job.file() + job.program().map(program -> " " + program).orElse(""),
                        new Said().say("schedule", job.schedule()).say("runs as", job.runsAs()).all);
            case GuestFact.HostIdentity host ->
                new SystemFact(
                        "identity",
                        "identity",
                        new Said()
                                .say("host name", host.hostName())
                                .say("machine id", host.machineId())
                                .say("machine id is", host.machineIdState())
                                .say("cloud data source", host.cloudDatasource())
                                .say("cloud instance", host.cloudInstance())
                                .all);
            case GuestFact.Account account ->
                new SystemFact(
                        "account",
                        account.name(),
                        new Said()
                                .say("user id", Long.toString(account.userId()))
                                .say("group id", Long.toString(account.groupId()))
                                .say("home", account.home())
                                .say("shell", account.shell())
                                .say("password", account.password())
                                .all);
            case GuestFact.AccountGroup group ->
                new SystemFact(
                        "group",
                        group.name(),
                        new Said()
                                .say("group id", Long.toString(group.groupId()))
                                .say("members", group.members())
                                .all);
            case GuestFact.HostKey host ->
                new SystemFact("host key", host.path(), new Said().say("key", host.key()).all);
            case GuestFact.AuthorizedKey authorized ->
                new SystemFact(
                        "authorized key",
                        authorized.account() + " " + authorized.key().fingerprint(),
                        new Said().say("comment", authorized.comment()).say("file", authorized.path()).all);
            case GuestFact.HeldCertificate held ->
                new SystemFact(
                        "certificate",
                        held.path() + " " + held.certificate().subject(),
                        new Said()
                                .say("serial", held.certificate().serial())
                                .say("issuer", held.certificate().issuer())
                                .say(
                                        "not before",
                                        held.certificate().notBefore().toString())
                                .say(NOT_AFTER, held.certificate().notAfter().toString())
                                .all);
            case GuestFact.PrivateKey key ->
                new SystemFact(
                        "private key",
                        key.file(),
                        new Said()
                                .say("format", key.format())
                                .say("encrypted", key.encrypted() ? "yes" : "no")
                                .say("public part", key.fingerprint())
                                .all);
            case GuestFact.NetworkInterface network ->
                new SystemFact(
                        "network interface",
                        network.name(),
                        new Said()
                                .say("method", network.method())
                                .say("addresses", network.addresses())
                                .say("configured by", network.configuredBy())
                                .say("file", network.file())
                                .all);
            case GuestFact.Listener listener ->
                new SystemFact(
                        "listener",
                        listener.program() + " "
                                + listener.address()
                                        .map(address -> address + ":")
                                        .orElse("port ") + listener.port(),
                        new Said().say("file", listener.file()).all);
            case GuestFact.UnownedProgram program ->
                new SystemFact("unowned program", program.file(), new Said().say("name", program.name()).all);
        };
    }

    /** When a certificate ends, as ISO 8601. */
    static final String NOT_AFTER = "not after";

    /** Properties being collected; what is not said is left out. */
    private static final class Said {
        private final Map<String, String> all = new TreeMap<>();

        Said say(String name, String value) {
            all.put(name, value);
            return this;
        }

        Said say(String name, Optional<String> value) {
            value.ifPresent(text -> all.put(name, text));
            return this;
        }

        Said say(String name, List<String> values) {
            if (!values.isEmpty()) {
                all.put(name, String.join(", ", values));
            }
            return this;
        }

        Said say(String name, GuestFact.SshKey key) {
            return say(name, key.type() + " " + key.fingerprint());
        }
    }
}
