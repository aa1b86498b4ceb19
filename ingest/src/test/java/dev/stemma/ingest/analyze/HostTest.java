package dev.stemma.ingest.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.GuestFact.Account;
import dev.stemma.graph.model.GuestFact.HostIdentity;
import dev.stemma.graph.model.GuestFact.NetworkInterface;
import dev.stemma.graph.model.GuestFact.ScheduledJob;
import dev.stemma.graph.model.Level;
import dev.stemma.graph.model.Observation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who a guest is and when it works, and what becomes of files that are not as their manuals have them. */
class HostTest {

    @TempDir
    Path directory;

    Path tree = Path.of("");

    @BeforeEach
    void aTree() throws Exception {
        tree = Files.createDirectory(directory.resolve("tree"));
        Guest.write(tree, "etc/os-release", "ID=debian\nVERSION_ID=12\n");
    }

    private Findings find() throws Exception {
        try (Guest guest = Guest.of(tree)) {
            return GuestAnalysis.run(guest.files(), Level.FULL);
        }
    }

    private <T extends GuestFact> List<T> facts(Class<T> kind) throws Exception {
        return find().facts().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void aMachineSaysWhoItIs() throws Exception {
        Guest.write(tree, "etc/hostname", "# comment\nweb-1\n");
        Guest.write(tree, "etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        Guest.write(
                tree, "var/lib/cloud/instance/datasource", "DataSourceNoCloud: DataSourceNoCloud [seed=/dev/sr0]\n");
        Guest.write(tree, "var/lib/cloud/data/instance-id", "i-0abc\n");
        assertThat(facts(HostIdentity.class))
                .containsExactly(new HostIdentity(
                        Optional.of("web-1"),
                        Optional.of("0123456789abcdef0123456789abcdef"),
                        "set",
                        Optional.of("DataSourceNoCloud"),
                        Optional.of("i-0abc")));
    }

    @Test
    void aMachineIdMayBeMissingInFourWays() throws Exception {
        assertThat(facts(HostIdentity.class))
                .extracting(HostIdentity::machineIdState)
                .containsExactly("absent");
        Guest.write(tree, "etc/machine-id", "");
        assertThat(facts(HostIdentity.class))
                .extracting(HostIdentity::machineIdState)
                .containsExactly("empty");
        Guest.write(tree, "etc/machine-id", "uninitialized\n");
        assertThat(facts(HostIdentity.class))
                .extracting(HostIdentity::machineIdState)
                .containsExactly("uninitialized");
        Guest.write(tree, "etc/machine-id", "not an id\n");
        assertThat(facts(HostIdentity.class))
                .extracting(HostIdentity::machineIdState)
                .containsExactly("malformed");
        assertThat(facts(HostIdentity.class))
                .extracting(HostIdentity::machineId)
                .containsExactly(Optional.empty());
    }

    @Test
    void everyToolsInterfacesAreFound() throws Exception {
        Guest.write(
                tree,
                "etc/network/interfaces",
                "auto lo\niface lo inet loopback\niface eth0 inet static\n  address 10.0.0.2\n  netmask 255.255.255.0\n"
                        + "iface eth0 inet6 static\n  address fd00::2/64\n");
        Guest.write(
                tree,
                "etc/netplan/50-cloud-init.yaml",
                "network:\n  version: 2\n  ethernets:\n    ens3:\n      dhcp4: true\n    ens4:\n      addresses:\n"
                        + "        - 192.0.2.1/24\n        - 192.0.2.2/24:\n            label: x\n"
                        + "  wifis:\n    wl0:\n      dhcp4: yes\n      access-points:\n        home: {password: hunter2hunter2}\n");
        Guest.write(
                tree,
                "etc/NetworkManager/system-connections/office.nmconnection",
                "[connection]\nid=office\ninterface-name=enp1s0\n[wifi-security]\npsk=hunter2hunter2\n"
                        + "[ipv4]\nmethod=manual\naddress1=198.51.100.7/24,198.51.100.1\n");
        Guest.write(
                tree,
                "etc/systemd/network/10-x.network",
                "[Match]\nName=en*\n[Network]\nDHCP=yes\nAddress=203.0.113.9/32\n");
        Guest.write(
                tree,
                "etc/sysconfig/network-scripts/ifcfg-eth9",
                "DEVICE=\"eth9\"\nBOOTPROTO=none\nIPADDR=192.0.2.9\nPREFIX=24\n");
        assertThat(facts(NetworkInterface.class))
                .extracting(one -> one.configuredBy() + " " + one.name() + " " + one.method() + " " + one.addresses())
                .containsExactlyInAnyOrder(
                        "ifupdown lo loopback []",
                        "ifupdown eth0 static [10.0.0.2/255.255.255.0, fd00::2/64]",
                        "netplan ens3 dhcp []",
                        "netplan ens4 static [192.0.2.1/24, 192.0.2.2/24]",
                        "netplan wl0 dhcp []",
                        "networkmanager enp1s0 static [198.51.100.7/24]",
                        "networkd en* dhcp [203.0.113.9/32]",
                        "ifcfg eth9 static [192.0.2.9/24]");
        assertThat(find().facts().toString()).doesNotContain("hunter2");
    }

    @Test
    void cronIsReadWithoutItsArguments() throws Exception {
        Guest.write(
                tree,
                "etc/crontab",
                "SHELL=/bin/sh\n17 *\t* * *\troot\tcd / && run-parts /etc/cron.hourly\n@reboot www /usr/bin/start --password=hunter2\n");
        Guest.write(
                tree, "etc/cron.d/backup", "MAILTO=\"\"\n0 3 * * 1-5 backup PASS=hunter2 /opt/backup.sh\nnonsense\n");
        Guest.write(tree, "etc/cron.d/left.dpkg-old", "0 3 * * * root /no\n");
        Guest.write(tree, "var/spool/cron/crontabs/ann", "*/5 * * * * curl -u me:hunter2 http://x\n");
        tree.resolve(Guest.write(tree, "etc/cron.daily/logrotate", "#!/bin/sh\n"))
                .toFile()
                .setExecutable(true);
        Guest.write(tree, "etc/cron.daily/README", "not a program");
        Findings found = find();
        assertThat(found.facts().stream().filter(ScheduledJob.class::isInstance).map(ScheduledJob.class::cast))
                .extracting(job -> job.schedule() + "|" + job.runsAs().orElse("") + "|"
                        + job.program().orElse(""))
                .containsExactlyInAnyOrder(
                        "17 * * * *|root|cd",
                        "@reboot|www|/usr/bin/start",
                        "0 3 * * 1-5|backup|/opt/backup.sh",
                        "*/5 * * * *|ann|curl",
                        "daily|root|/etc/cron.daily/logrotate");
        assertThat(found.observations()).extracting(Observation::code).containsExactly("malformed-configuration");
        assertThat(found.facts() + "" + found.observations()).doesNotContain("hunter2");
    }

    @Test
    void brokenFilesCostObservationsNotTheRun() throws Exception {
        Guest.write(
                tree,
                "etc/passwd",
                "root:x:0:0:root:/root:/bin/sh\nbroken\nx:x:99999999999:1::/:/\n\u0001:x:1:1::/:/\n");
        Guest.write(tree, "etc/netplan/bad.yaml", "a: &x [*x, *x]\n\t- {");
        Guest.write(tree, "etc/ssh/ssh_host_rsa_key.pub", "ssh-rsa AAAA root@host\n");
        Guest.write(tree, "etc/ssh/ssh_host_rsa_key", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END");
        Guest.write(tree, "etc/ssl/bad.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        Guest.link(tree, "etc/hostname", "hostname");
        Findings found = find();
        assertThat(found.observations())
                .extracting(Observation::code)
                .contains("loop")
                .filteredOn("malformed-configuration"::equals)
                .hasSize(5);
        assertThat(found.observations()).allMatch(one -> one.severity() == Observation.Severity.PARTIAL);
        assertThat(found.facts().stream().filter(Account.class::isInstance).map(Account.class::cast))
                .extracting(Account::name)
                .containsExactly("root", "\\x01");
    }

    @Test
    void listsAreBounded() throws Exception {
        StringBuilder passwd = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            passwd.append("u").append(i).append(":x:").append(i).append(":0::/:/bin/sh\n");
        }
        Guest.write(tree, "etc/passwd", passwd.toString());
        assertThat(facts(Account.class)).hasSize(FactLog.MAX_OF_A_KIND);
        assertThat(find().observations()).extracting(Observation::code).contains("too-many-facts");
    }
}
