package dev.stemma.graph.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that the files of a guest say of the machine it makes: how it boots, who it is, what it runs. Gathered, never
 * derived, and free of secrets: there is no field here that could hold a password's hash or a private key.
 *
 * <p>All text that a guest chose is in the escaped form of {@link GuestName} and bounded by whoever made the fact.
 */
public sealed interface GuestFact {

    /**
     * How the machine starts.
     *
     * @param firmware {@code uefi}, {@code bios}; what the disk is prepared for, none where nothing says
     * @param bootLoaders {@code grub2}, {@code systemd-boot}, {@code extlinux}, {@code syslinux}
     * @param bootEvidence why each of both is believed, in words
     * @param defaultKernel path of the kernel that starts unless somebody chooses
     * @param commandLine of that kernel, secrets redacted
     * @param initSystem {@code systemd}, {@code sysvinit}, {@code openrc}, {@code busybox}, {@code runit}
     * @param defaultTarget systemd's default target, or {@code runlevel 2}
     */
    record BootSetup(
            List<String> firmware,
            List<String> bootLoaders,
            List<String> bootEvidence,
            Optional<String> defaultKernel,
            Optional<String> commandLine,
            Optional<String> initSystem,
            Optional<String> defaultTarget)
            implements GuestFact {
        public BootSetup {
            firmware = List.copyOf(firmware);
            bootLoaders = List.copyOf(bootLoaders);
            bootEvidence = List.copyOf(bootEvidence);
        }
    }

    /**
     * A kernel that can be started.
     *
     * @param version as {@code uname -r} would say
     * @param file its path
     * @param initrd path of its initial file system
     */
    record Kernel(String version, String file, Optional<String> initrd) implements GuestFact {}

    /**
     * A service that starts without being asked for.
     *
     * @param name {@code nginx}
     * @param kind systemd's unit type ({@code service}, {@code timer}, {@code socket}, …), {@code sysv} or {@code openrc}
     * @param startedBy targets, run levels or aliases that start it, sorted
     */
    record EnabledService(String name, String kind, List<String> startedBy) implements GuestFact {
        public EnabledService {
            startedBy = List.copyOf(startedBy);
        }
    }

    /** A service that cannot be started at all: masked, as systemd calls it. */
    record MaskedService(String name, String kind) implements GuestFact {}

    /**
     * Work that recurs. The command's arguments are left out: passwords are often among them.
     *
     * @param kind {@code cron} or {@code timer}
     * @param schedule as cron or systemd writes it, or {@code daily}
     * @param runsAs the account
     * @param program what is run, without arguments
     * @param file where this is written
     */
    record ScheduledJob(String kind, String schedule, Optional<String> runsAs, Optional<String> program, String file)
            implements GuestFact {}

    /**
     * What the machine calls itself.
     *
     * @param machineId 32 hexadecimal digits
     * @param machineIdState {@code set}, {@code empty}, {@code uninitialized}, {@code absent} or {@code malformed}; see machine-id(5)
     * @param cloudDatasource cloud-init's word for where it got its data: {@code DataSourceNoCloud}
     * @param cloudInstance the instance id that cloud-init last saw
     */
    record HostIdentity(
            Optional<String> hostName,
            Optional<String> machineId,
            String machineIdState,
            Optional<String> cloudDatasource,
            Optional<String> cloudInstance)
            implements GuestFact {}

    /**
     * A user.
     *
     * @param password {@code set}, {@code locked}, {@code empty} (whoever knows the name may enter) or {@code unknown}; never more
     */
    record Account(String name, long userId, long groupId, String home, String shell, String password)
            implements GuestFact {}

    /** A group with its members beside those whose first group it is, sorted. */
    record AccountGroup(String name, long groupId, List<String> members) implements GuestFact {
        public AccountGroup {
            members = List.copyOf(members);
        }
    }

    /**
     * The public part of an SSH key.
     *
     * @param fingerprint as {@code ssh-keygen -l} shows it: {@code SHA256:…}
     * @param type {@code ssh-ed25519}, {@code ssh-rsa}, …
     * @param bits length of the key; 0 when its type has no known length
     */
    record SshKey(String fingerprint, String type, int bits) {}

    /** A key by which the machine shows who it is. */
    record HostKey(SshKey key, String path) implements GuestFact {}

    /** A key that lets its holder in as an account. */
    record AuthorizedKey(SshKey key, String account, Optional<String> comment, String path) implements GuestFact {}

    /**
     * An X.509 certificate.
     *
     * @param fingerprint SHA-256 of its DER form in lower-case hexadecimal
     * @param serial in hexadecimal
     */
    record Certificate(
            String fingerprint, String subject, String issuer, String serial, Instant notBefore, Instant notAfter) {}

    /** A certificate that lies in a file. */
    record HeldCertificate(Certificate certificate, String path) implements GuestFact {}

    /**
     * That there is a private key. Nothing of its secret part is kept.
     *
     * @param file where it lies
     * @param format {@code openssh}, {@code pkcs8}, {@code rsa}, {@code ec}, {@code dsa}
     * @param encrypted whether it is protected by a passphrase
     * @param fingerprint of its public part, where the file has that in the clear
     */
    record PrivateKey(String file, String format, boolean encrypted, Optional<String> fingerprint)
            implements GuestFact {}

    /**
     * A network interface as it is configured.
     *
     * @param name of the interface or what matches it
     * @param method {@code dhcp}, {@code static}, {@code manual}, {@code loopback}, …
     * @param addresses with prefix length where it is given
     * @param configuredBy {@code ifupdown}, {@code netplan}, {@code networkmanager}, {@code networkd}, {@code ifcfg}
     * @param file where this is written
     */
    record NetworkInterface(String name, String method, List<String> addresses, String configuredBy, String file)
            implements GuestFact {
        public NetworkInterface {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * A place where a server is configured to listen.
     *
     * @param program {@code nginx}
     * @param address as it is written; empty for all
     * @param port 1 to 65535
     * @param file where this is written
     */
    record Listener(String program, Optional<String> address, int port, String file) implements GuestFact {}

    /** A known server program that no package owns. */
    record UnownedProgram(String name, String file) implements GuestFact {}
}
