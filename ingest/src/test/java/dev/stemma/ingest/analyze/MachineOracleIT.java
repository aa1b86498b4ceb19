package dev.stemma.ingest.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.GuestFact.Account;
import dev.stemma.graph.model.GuestFact.AccountGroup;
import dev.stemma.graph.model.GuestFact.AuthorizedKey;
import dev.stemma.graph.model.GuestFact.EnabledService;
import dev.stemma.graph.model.GuestFact.HeldCertificate;
import dev.stemma.graph.model.GuestFact.HostKey;
import dev.stemma.graph.model.GuestFact.MaskedService;
import dev.stemma.graph.model.GuestFact.PrivateKey;
import dev.stemma.graph.model.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is found of services, keys, certificates and accounts, against the tools that own each: systemctl (Debian package systemd) on
 * this computer's own unit files, ssh-keygen (openssh-client), openssl, awk.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MachineOracleIT {

    private static final String MAKE = """
            set -eu
            cd "$1"
            mkdir -p tree/etc/systemd/system tree/etc/ssh tree/etc/ssl/private tree/etc/ssl/certs tree/usr/lib/systemd \\
              tree/root/.ssh tree/home/ann/.ssh tree/etc/nginx/sites-enabled tree/opt/site
            cp -a /usr/lib/systemd/system tree/usr/lib/systemd/system
            ln -s usr/lib tree/lib
            cp /usr/lib/os-release tree/etc/os-release
            units=tree/usr/lib/systemd/system
            unit() { printf '[Unit]\\nDescription=d\\n[Service]\\nExecStart=/bin/true\\n[Install]\\n%b' "$2" > $units/$1; }
            unit web.service 'WantedBy=multi-user.target\\n'
            unit named.service 'WantedBy=multi-user.target\\nAlias=bind9.service other-name.service\\n'
            unit db@.service 'WantedBy=multi-user.target\\n'
            unit both.service 'WantedBy=multi-user.target graphical.target\\nRequiredBy=network.target\\n'
            unit off.service 'WantedBy=multi-user.target\\n'
            unit hidden.service 'WantedBy=multi-user.target\\n'
            printf '[Timer]\\nOnCalendar=daily\\n[Install]\\nWantedBy=timers.target\\n' > $units/nightly.timer
            printf '[Socket]\\nListenStream=80\\n[Install]\\nWantedBy=sockets.target\\n' > $units/web.socket
            systemctl --root="$PWD/tree" preset-all >/dev/null 2>&1 || true
            systemctl --root="$PWD/tree" enable web.service named.service db@one.service db@two.service both.service nightly.timer \\
              web.socket hidden.service >/dev/null 2>&1
            systemctl --root="$PWD/tree" disable off.service >/dev/null 2>&1
            systemctl --root="$PWD/tree" mask hidden.service missing.service >/dev/null 2>&1
            ln -s /lib/systemd/system/removed.service tree/etc/systemd/system/multi-user.target.wants/removed.service

            for type in rsa ecdsa ed25519; do
              ssh-keygen -q -t $type -N '' -C "root@host" -f tree/etc/ssh/ssh_host_${type}_key
            done
            ssh-keygen -q -t ed25519 -N secret-phrase -C 'ann at work' -f tree/home/ann/.ssh/id_ed25519
            ssh-keygen -q -t rsa -b 3072 -m PEM -N '' -C x -f tree/root/.ssh/id_rsa
            { echo '# comment'; cat tree/home/ann/.ssh/id_ed25519.pub
              printf 'command="echo \\\\"hi there\\\\" ssh-rsa",no-pty %s\\n' "$(cat tree/root/.ssh/id_rsa.pub)"; } > tree/home/ann/.ssh/authorized_keys

            request() { # NAME SUBJECT DAYS KEY-OPTIONS
              openssl req -x509 -newkey $4 -nodes -subj "$2" -days $3 -keyout tree/etc/ssl/private/$1.key -out tree/etc/ssl/certs/$1.pem 2>/dev/null
            }
            request one '/C=DE/O=Example, Inc/CN=one.example.org' 30 rsa:2048
            request two '/CN=zw\\xc3\\xb6lf' 4000 'ec -pkeyopt ec_paramgen_curve:prime256v1'
            openssl x509 -in tree/etc/ssl/certs/one.pem -outform DER -out tree/etc/ssl/certs/one.der
            cat tree/etc/ssl/certs/one.pem tree/etc/ssl/certs/two.pem > tree/opt/site/chain.pem
            mv tree/etc/ssl/private/two.key tree/opt/site/site.key
            printf 'server {\\n  listen 443 ssl;\\n  ssl_certificate /opt/site/chain.pem;\\n  ssl_certificate_key /opt/site/site.key;\\n}\\n' \\
              > tree/etc/nginx/sites-enabled/site
            for i in $(seq 40); do cat tree/etc/ssl/certs/one.pem; done > tree/etc/ssl/certs/many.pem

            cp /etc/passwd tree/etc/passwd
            cp /etc/group tree/etc/group
            printf 'ann:x:1000:1000:Ann:/home/ann:/bin/bash\\nbob:x:1001:1001::/home/bob:/bin/sh\\neve:x:1002:1002::/home/eve:/bin/sh\\n' >> tree/etc/passwd
            printf 'crew:x:2000:bob,ann\\n' >> tree/etc/group
            printf 'root:*:1::::::\\nann:$6$salt$hashhashhash:1::::::\\nbob:!$6$salt$hashhashhash:1::::::\\neve::1::::::\\n' > tree/etc/shadow
            """;

    Path tree = Path.of("");
    Findings found = Findings.NONE;

    @BeforeAll
    void aMachine(@TempDir Path directory) throws Exception {
        tree = directory.resolve("tree");
        Path script = Files.writeString(directory.resolve("make.sh"), MAKE);
        Guest.run("bash", script.toString(), directory.toString());
        try (Guest guest = Guest.of(tree)) {
            found = GuestAnalysis.run(guest.files(), Level.FULL);
        }
    }

    private <T extends GuestFact> List<T> facts(Class<T> kind) {
        return found.facts().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Unit files of a state as systemctl lists them. */
    private Set<String> units(String state) throws Exception {
        return Guest.run(
                        "systemctl",
                        "--root=" + tree,
                        "list-unit-files",
                        "--no-legend",
                        "--no-pager",
                        "--state=" + state)
                .lines()
                .map(line -> line.strip().split("\\s+")[0])
                .filter(unit -> !unit.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void enabledUnitsAreThoseOfSystemctl() throws Exception {
        Set<String> ours = facts(EnabledService.class).stream()
                .filter(service -> !service.kind().equals("sysv"))
                // systemctl lists an enabled default instance as its template, and other instances not at all.
                .filter(service -> !service.name().startsWith("db@"))
                .map(service -> service.name().replaceAll("@.*", "@") + "." + service.kind())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(ours).isEqualTo(units("enabled")).contains("web.service", "getty@.service", "nightly.timer");
        assertThat(Guest.run("systemctl", "--root=" + tree, "is-enabled", "db@two.service")
                        .strip())
                .isEqualTo("enabled");
        assertThat(facts(EnabledService.class))
                .contains(
                        new EnabledService("db@two", "service", List.of("multi-user.target")),
                        new EnabledService(
                                "both", "service", List.of("graphical.target", "multi-user.target", "network.target")),
                        new EnabledService(
                                "named",
                                "service",
                                List.of("bind9.service", "multi-user.target", "other-name.service")))
                .extracting(EnabledService::name)
                .doesNotContain("off", "removed", "hidden");
    }

    @Test
    void maskedUnitsAreThoseOfSystemctl() throws Exception {
        Set<String> ours = facts(MaskedService.class).stream()
                .map(service -> service.name() + "." + service.kind())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(ours).isEqualTo(units("masked")).contains("hidden.service", "missing.service");
    }

    private String fingerprint(String file) throws Exception {
        return Guest.run("ssh-keygen", "-l", "-f", tree.resolve(file).toString())
                .strip();
    }

    @Test
    void keysHaveTheFingerprintsOfSshKeygen() throws Exception {
        for (HostKey key : facts(HostKey.class)) {
            assertThat(fingerprint(key.path().substring(1)))
                    .startsWith(key.key().bits() + " " + key.key().fingerprint() + " ");
        }
        assertThat(facts(HostKey.class))
                .extracting(key -> key.key().type())
                .containsExactlyInAnyOrder("ssh-rsa", "ecdsa-sha2-nistp256", "ssh-ed25519");
        assertThat(facts(AuthorizedKey.class)).hasSize(2).allMatch(key -> key.account()
                .equals("ann"));
        assertThat(facts(AuthorizedKey.class))
                .extracting(key -> key.key().fingerprint(), key -> key.comment().orElse(""))
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                fingerprint("home/ann/.ssh/id_ed25519.pub").split(" ")[1], "ann at work"),
                        org.assertj.core.groups.Tuple.tuple(
                                fingerprint("root/.ssh/id_rsa.pub").split(" ")[1], "x"));
    }

    @Test
    void privateKeysAreKnownByTheirPublicPartAlone() throws Exception {
        List<PrivateKey> keys = facts(PrivateKey.class);
        assertThat(keys)
                .extracting(PrivateKey::file)
                .containsExactlyInAnyOrder(
                        "/etc/ssh/ssh_host_rsa_key",
                        "/etc/ssh/ssh_host_ecdsa_key",
                        "/etc/ssh/ssh_host_ed25519_key",
                        "/home/ann/.ssh/id_ed25519",
                        "/root/.ssh/id_rsa",
                        "/etc/ssl/private/one.key",
                        "/opt/site/site.key");
        for (PrivateKey key : keys) {
            assertThat(key.encrypted()).isEqualTo(key.file().startsWith("/home/ann"));
            if (key.format().equals("openssh")) {
                assertThat(fingerprint(key.file().substring(1) + ".pub"))
                        .contains(key.fingerprint().orElseThrow());
            }
        }
    }

    @Test
    void certificatesAreAsOpensslReadsThem() throws Exception {
        DateTimeFormatter form = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
        List<HeldCertificate> all = facts(HeldCertificate.class);
        assertThat(all)
                .extracting(HeldCertificate::path)
                .containsExactlyInAnyOrder(
                        "/etc/ssl/certs/one.pem",
                        "/etc/ssl/certs/one.der",
                        "/etc/ssl/certs/two.pem",
                        "/opt/site/chain.pem",
                        "/opt/site/chain.pem");
        for (String name : List.of("one", "two")) {
            String theirs = Guest.run(
                    "openssl",
                    "x509",
                    "-in",
                    tree.resolve("etc/ssl/certs/" + name + ".pem").toString(),
                    "-noout",
                    "-nameopt",
                    "RFC2253,-esc_msb",
                    "-subject",
                    "-issuer",
                    "-serial",
                    "-dates",
                    "-fingerprint",
                    "-sha256");
            var ours = all.stream()
                    .filter(one -> one.path().equals("/etc/ssl/certs/" + name + ".pem"))
                    .findFirst()
                    .orElseThrow()
                    .certificate();
            assertThat(theirs.replace(":", "").toLowerCase(Locale.ROOT)).contains(ours.fingerprint());
            assertThat(theirs.toLowerCase(Locale.ROOT)).containsPattern("serial=0*" + ours.serial() + "\n");
            assertThat(theirs)
                    .contains("notBefore=" + form.format(ours.notBefore()), "notAfter=" + form.format(ours.notAfter()));
            // A backslash is \x5c where guests' text is shown.
            assertThat(theirs.replace("\\", "\\x5c")).contains("subject=" + ours.subject(), "issuer=" + ours.issuer());
        }
        assertThat(found.observations()).extracting(one -> one.code()).containsExactly("certificate-bundle");
    }

    @Test
    void accountsAreThoseOfTheTables() throws Exception {
        List<String> ours = facts(Account.class).stream()
                .map(one ->
                        String.join(":", one.name(), "" + one.userId(), "" + one.groupId(), one.home(), one.shell()))
                .toList();
        List<String> theirs = Guest.run(
                        "awk",
                        "-F:",
                        "{print $1\":\"$3\":\"$4\":\"$6\":\"$7}",
                        tree.resolve("etc/passwd").toString())
                .lines()
                .toList();
        assertThat(ours).containsExactlyInAnyOrderElementsOf(theirs);
        assertThat(facts(AccountGroup.class)).contains(new AccountGroup("crew", 2000, List.of("ann", "bob")));
        assertThat(facts(Account.class).stream()
                        .filter(one -> List.of("root", "ann", "bob", "eve").contains(one.name()))
                        .map(one -> one.name() + " " + one.password()))
                .containsExactlyInAnyOrder("root locked", "ann set", "bob locked", "eve empty");
    }

    @Test
    void noSecretIsInAnyFactOrObservation() throws Exception {
        String everything = found.facts() + " " + found.observations();
        assertThat(everything).doesNotContain("hashhash", "PRIVATE KEY", "secret-phrase");
        for (String file : List.of("etc/ssh/ssh_host_rsa_key", "root/.ssh/id_rsa", "etc/ssl/private/one.key")) {
            List<String> lines = Files.readAllLines(tree.resolve(file));
            // The first lines of OpenSSH's form are public; the rest is not.
            for (String line : lines.subList(lines.size() / 2, lines.size() - 2)) {
                assertThat(everything).doesNotContain(line);
            }
        }
    }
}
