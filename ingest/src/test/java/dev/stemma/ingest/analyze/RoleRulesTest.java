package dev.stemma.ingest.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.GuestFact.EnabledService;
import dev.stemma.graph.model.GuestFact.Listener;
import dev.stemma.graph.model.GuestFact.UnownedProgram;
import dev.stemma.graph.model.HeldRole;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.graph.model.Level;
import dev.stemma.ingest.analyze.role.RoleRules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles follow from packages, services, listeners and programs, each with its reason. */
class RoleRulesTest {

    private static InstalledPackage installed(String name, String state) {
        return new InstalledPackage(
                "pkg:deb/debian/" + name + "@1",
                "deb",
                name,
                "1",
                "amd64",
                state,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    @Test
    void eachTraceBecomesAReason() {
        List<HeldRole> roles = RoleRules.SHIPPED.roles(
                List.of(installed("nginx", "installed"), installed("postgresql-15", "installed")),
                List.of(
                        new EnabledService("nginx", "service", List.of("multi-user.target")),
                        new Listener("nginx", Optional.of("10.0.0.1"), 8080, "/etc/nginx/nginx.conf"),
                        new UnownedProgram("mysqld", "/opt/mysql/bin/mysqld")));
        assertThat(roles)
                .containsExactly(
                        new HeldRole(
                                "web-server",
                                "roles/1",
                                List.of(
                                        "nginx listens on port 8080 of 10.0.0.1, says /etc/nginx/nginx.conf",
                                        "package nginx 1 is installed",
                                        "service nginx is enabled")),
                        new HeldRole(
                                "database-server",
                                "roles/1",
                                List.of(
                                        "/opt/mysql/bin/mysqld is a program that no package owns",
                                        "package postgresql-15 1 is installed")));
    }

    @Test
    void whatIsOnlyLeftOrOnlySoundsAlikeIsNoTrace() {
        assertThat(RoleRules.SHIPPED.roles(
                        List.of(
                                installed("nginx", "config-files"),
                                installed("postgresql-client-15", "installed"),
                                installed("libapache2-mod-php", "installed")),
                        List.of()))
                .isEmpty();
    }

    @Test
    void rulesThatAreNoRulesAreRefused() {
        for (String text : List.of(
                "version: 1", "roles: {web: {package: [a]}}\nversion: 1", "roles: {web: {packages: [a]}}", "[")) {
            assertThatThrownBy(() -> RoleRules.parse(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void listenersAndUnownedProgramsAreFoundInAGuest(@TempDir Path directory) throws Exception {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Guest.write(
                tree,
                "etc/nginx/sites-enabled/default",
                "server {\n listen 80 default_server;\n listen [::1]:81;\n}\n");
        Guest.write(tree, "etc/apache2/ports.conf", "Listen 8080\n<IfModule ssl_module>\n\tListen 127.0.0.1:443\n");
        Guest.write(tree, "etc/ssh/sshd_config", "#Port 22\nPort 2222\n");
        Guest.write(tree, "etc/postgresql/15/main/postgresql.conf", "port = 5433   # (change requires restart)\n");
        Guest.write(tree, "etc/postfix/master.cf", "smtp      inet  n - y - - smtpd\nsmtp unix - - y - - smtp\n");
        Guest.write(tree, "etc/haproxy/haproxy.cfg", "frontend x\n  bind *:8443 ssl crt /x\n  bind :8444\n");
        Guest.write(tree, "opt/db/bin/mysqld", "binary").toFile().setExecutable(true);
        Guest.write(tree, "opt/db/doc/mysqld", "text");
        List<GuestFact> facts;
        try (Guest guest = Guest.of(tree)) {
            facts = GuestAnalysis.run(guest.files(), Level.FULL).facts();
        }
        assertThat(facts.stream().filter(Listener.class::isInstance).map(Listener.class::cast))
                .extracting(one -> one.program() + " " + one.address().orElse("*") + " " + one.port())
                .containsExactlyInAnyOrder(
                        "nginx * 80",
                        "nginx [::1] 81",
                        "apache2 * 8080",
                        "apache2 127.0.0.1 443",
                        "sshd * 2222",
                        "postgres * 5433",
                        "postfix * 25",
                        "haproxy * 8443",
                        "haproxy * 8444");
        assertThat(facts).contains(new UnownedProgram("mysqld", "/opt/db/bin/mysqld"));
        assertThat(RoleRules.SHIPPED.roles(List.of(), facts))
                .extracting(HeldRole::role)
                .containsExactlyInAnyOrder(
                        "web-server", "database-server", "mail-server", "load-balancer", "ssh-server");
    }
}
