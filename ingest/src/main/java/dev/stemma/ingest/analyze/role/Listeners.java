package dev.stemma.ingest.analyze.role;

import dev.stemma.graph.model.GuestFact.Listener;
import dev.stemma.graph.model.GuestName;
import dev.stemma.graph.model.GuestPath;
import dev.stemma.ingest.analyze.FactLog;
import dev.stemma.ingest.analyze.GuestFiles;
import dev.stemma.ingest.analyze.GuestText;
import dev.stemma.ingest.problem.ImageProblem;
import dev.stemma.ingest.problem.OverBudget;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where servers are told to listen, from their own configuration. Line by line: includes are known by where distributions put them,
 * conditions are not evaluated. A server whose configuration leaves the port to its default is not told here.
 */
final class Listeners {

    private static final int MAX_LINE = 4_000;

    /**
     * One server's way of saying it.
     *
     * @param places files, or directories whose files count
     * @param pattern with a group {@code port}, and {@code address} where it can be told
     */
    private record Server(String program, List<String> places, Pattern pattern) {}

    private static final String ADDRESS_AND_PORT =
            "(?:(?<address>\\[[0-9A-Fa-f:.]*\\]|[A-Za-z0-9_.*-]+):)?(?<port>[0-9]{1,5})";

    private static final List<Server> SERVERS = List.of(
            server(
                    "nginx",
                    "(?i)listen\\s+" + ADDRESS_AND_PORT + "(?:\\s[^;]*)?;.*",
                    "/etc/nginx/nginx.conf",
                    "/etc/nginx/conf.d",
                    "/etc/nginx/sites-enabled",
                    "/etc/nginx/http.d"),
            server(
                    "apache2",
                    "(?i)listen\\s+" + ADDRESS_AND_PORT + "(?:\\s.*)?",
                    "/etc/apache2/ports.conf",
                    "/etc/apache2/listen.conf",
                    "/etc/httpd/conf/httpd.conf",
                    "/etc/httpd/conf.d",
                    "/etc/apache2/httpd.conf"),
            server(
                    "lighttpd",
                    "server\\.port\\s*=\\s*(?<address>)(?<port>[0-9]{1,5}).*",
                    "/etc/lighttpd/lighttpd.conf"),
            server(
                    "sshd",
                    "(?i)port[\\s=]+(?<address>)(?<port>[0-9]{1,5}).*",
                    "/etc/ssh/sshd_config",
                    "/etc/ssh/sshd_config.d"),
            server(
                    "haproxy",
                    "bind\\s+(?:(?<address>\\[[0-9A-Fa-f:.]*\\]|[A-Za-z0-9_.*-]*):)?(?<port>[0-9]{1,5})(?:\\s.*)?",
                    "/etc/haproxy/haproxy.cfg"),
            server("redis", "port\\s+(?<address>)(?<port>[0-9]{1,5})", "/etc/redis/redis.conf", "/etc/redis.conf"),
            server(
                    "memcached",
                    "(?:-p\\s+|PORT=\"?)(?<address>)(?<port>[0-9]{1,5})\"?",
                    "/etc/memcached.conf",
                    "/etc/sysconfig/memcached"),
            server(
                    "mysqld",
                    "port\\s*=\\s*(?<address>)(?<port>[0-9]{1,5})",
                    "/etc/my.cnf",
                    "/etc/my.cnf.d",
                    "/etc/mysql/my.cnf",
                    "/etc/mysql/conf.d",
                    "/etc/mysql/mysql.conf.d",
                    "/etc/mysql/mariadb.conf.d"),
            server(
                    "postgres",
                    "port\\s*=\\s*(?<address>)(?<port>[0-9]{1,5})(?:\\s.*)?",
                    "/var/lib/pgsql/data/postgresql.conf",
                    "/var/lib/postgres/data/postgresql.conf"),
            server("mongod", "port:\\s*(?<address>)(?<port>[0-9]{1,5})", "/etc/mongod.conf", "/etc/mongodb.conf"),
            server(
                    "vsftpd",
                    "listen_port=(?<address>)(?<port>[0-9]{1,5})",
                    "/etc/vsftpd.conf",
                    "/etc/vsftpd/vsftpd.conf"),
            server("squid", "http_port\\s+" + ADDRESS_AND_PORT + "(?:\\s.*)?", "/etc/squid/squid.conf"));

    private static final GuestPath POSTGRES = GuestPath.parse("/etc/postgresql");
    private static final GuestPath POSTFIX = GuestPath.parse("/etc/postfix/master.cf");
    private static final Pattern INET = Pattern.compile("(?:(\\S+):)?([a-z0-9-]+)\\s+inet\\s.*");

    private Listeners() {}

    private static Server server(String program, String pattern, String... places) {
        return new Server(program, List.of(places), Pattern.compile(pattern));
    }

    static void gather(FactLog log) throws OverBudget {
        for (Server server : SERVERS) {
            for (String place : server.places) {
                each(log, GuestPath.parse(place), path -> read(log, server, path));
            }
        }
        Server postgres = SERVERS.stream()
                .filter(server -> server.program.equals("postgres"))
                .findFirst()
                .orElseThrow();
        for (GuestFiles.Found version : log.list(POSTGRES)) {
            for (GuestFiles.Found cluster : log.list(version.path())) {
                GuestPath file = cluster.path().child(GuestName.ofText("postgresql.conf"));
                log.attempt(file, path -> read(log, postgres, path));
            }
        }
        log.attempt(POSTFIX, path -> postfix(log, path));
    }

    /** A file, or each file of a directory. */
    private static void each(FactLog log, GuestPath place, FactLog.Step step) throws OverBudget {
        List<GuestFiles.Found> entries = log.list(place);
        if (entries.isEmpty()) {
            log.attempt(place, step);
        }
        for (GuestFiles.Found found : entries) {
            log.attempt(place.child(found.node().name()), step);
        }
    }

    private static void read(FactLog log, Server server, GuestPath path) throws ImageProblem {
        for (String line : GuestText.telling(log.files(), path)) {
            Matcher matcher = server.pattern.matcher(line.length() > MAX_LINE ? "" : line);
            if (matcher.matches()) {
                keep(log, server.program, matcher.group("address"), matcher.group("port"), path);
            }
        }
    }

    /** Postfix' services by name or number, services(5). */
    private static void postfix(FactLog log, GuestPath path) throws ImageProblem {
        for (String line : GuestText.telling(log.files(), path)) {
            Matcher matcher = INET.matcher(line.length() > MAX_LINE ? "" : line);
            if (matcher.matches()) {
                String port =
                        switch (matcher.group(2)) {
                            case "smtp" -> "25";
                            case "smtps", "submissions" -> "465";
                            case "submission" -> "587";
                            default -> matcher.group(2);
                        };
                keep(log, "postfix", matcher.group(1), port, path);
            }
        }
    }

    private static void keep(
            FactLog log,
            String program,
            @org.jspecify.annotations.Nullable String address,
            @org.jspecify.annotations.Nullable String port,
            GuestPath path) {
        Optional<Integer> number = GuestText.port(port == null ? "" : port);
        if (number.isPresent()) {
            Optional<String> where = Optional.ofNullable(address)
                    .filter(text -> !text.isEmpty() && !text.equals("*") && !text.equals("[::]"))
                    .map(GuestText::shown);
            log.add(new Listener(program, where, number.get(), path.escaped()));
        }
    }
}
