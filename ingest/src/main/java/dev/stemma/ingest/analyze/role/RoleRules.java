package dev.stemma.ingest.analyze.role;

import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.GuestFact.EnabledService;
import dev.stemma.graph.model.GuestFact.Listener;
import dev.stemma.graph.model.GuestFact.UnownedProgram;
import dev.stemma.graph.model.HeldRole;
import dev.stemma.graph.model.InstalledPackage;
import dev.stemma.ingest.analyze.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rules that tell a machine's roles from what was gathered (row E10): a function of facts and packages alone, so that roles can be
 * dropped and made again without opening a disk. Immutable, for any thread.
 *
 * @param version of the rules, raised with each change of what they answer
 */
public record RoleRules(int version, List<Rule> rules) {

    /** The rules that come with Stemma, {@code roles.yaml}. */
    public static final RoleRules SHIPPED = shipped();

    private static final int MAX_REASONS = 20;

    public RoleRules {
        rules = List.copyOf(rules);
    }

    /**
     * What makes a role; one trace is enough.
     *
     * @param role in kebab case
     * @param packages patterns of package names
     * @param services names of enabled services
     * @param listeners programs that are configured to listen
     * @param programs programs that no package owns
     */
    public record Rule(
            String role, List<Pattern> packages, Set<String> services, Set<String> listeners, Set<String> programs) {
        public Rule {
            packages = List.copyOf(packages);
            services = Set.copyOf(services);
            listeners = Set.copyOf(listeners);
            programs = Set.copyOf(programs);
        }
    }

    /** As relationships name it: {@code roles/1}. */
    public String name() {
        return "roles/" + version;
    }

    /** All programs that some rule knows. */
    public Set<String> programs() {
        return rules.stream().flatMap(rule -> rule.programs.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** The roles of a machine, in the order of the rules. */
    public List<HeldRole> roles(List<InstalledPackage> packages, List<GuestFact> facts) {
        List<HeldRole> roles = new ArrayList<>();
        for (Rule rule : rules) {
            Set<String> reasons = new TreeSet<>();
            for (InstalledPackage one : packages) {
                if (one.present()
                        && rule.packages.stream()
                                .anyMatch(pattern -> pattern.matcher(one.name()).matches())) {
                    reasons.add("package " + one.name() + " " + one.version() + " is installed");
                }
            }
            for (GuestFact fact : facts) {
                reason(rule, fact, reasons);
            }
            if (!reasons.isEmpty()) {
                roles.add(new HeldRole(
                        rule.role, name(), reasons.stream().limit(MAX_REASONS).toList()));
            }
        }
        return roles;
    }

    private static void reason(Rule rule, GuestFact fact, Set<String> reasons) {
        if (fact instanceof EnabledService service && rule.services.contains(template(service.name()))) {
            reasons.add(service.kind() + " " + service.name() + " is enabled");
        } else if (fact instanceof Listener listener && rule.listeners.contains(listener.program())) {
            reasons.add(listener.program() + " listens on port " + listener.port()
                    + listener.address().map(address -> " of " + address).orElse("") + ", says " + listener.file());
        } else if (fact instanceof UnownedProgram program && rule.programs.contains(program.name())) {
            reasons.add(program.file() + " is a program that no package owns");
        }
    }

    /** An instance counts as its template: {@code postgresql@15-main} as {@code postgresql}. */
    private static String template(String name) {
        int at = name.indexOf('@');
        return at > 0 ? name.substring(0, at) : name;
    }

    private static RoleRules shipped() {
        try (InputStream in = RoleRules.class.getResourceAsStream("roles.yaml")) {
            if (in == null) {
                throw new IllegalStateException("roles.yaml is missing from the build");
            }
            return parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("roles.yaml cannot be read", e);
        }
    }

    /**
     * Reads rules.
     *
     * @throws IllegalArgumentException when they are not as {@code roles.yaml} says of itself
     */
    public static RoleRules parse(byte[] yaml) {
        Object document = Yaml.parse(yaml).orElseThrow(() -> new IllegalArgumentException("not YAML"));
        List<Rule> rules = new ArrayList<>();
        Yaml.map(document, "roles").forEach((name, rule) -> {
            if (!(rule instanceof Map<?, ?> map)
                    || !Set.of("packages", "services", "listeners", "programs").containsAll(map.keySet())
                    || !String.valueOf(name).matches("[a-z]+(-[a-z]+)*")) {
                throw new IllegalArgumentException("not a rule: " + name);
            }
            rules.add(new Rule(
                    String.valueOf(name),
                    Yaml.texts(map, "packages").stream().map(RoleRules::pattern).toList(),
                    Set.copyOf(Yaml.texts(map, "services")),
                    Set.copyOf(Yaml.texts(map, "listeners")),
                    Set.copyOf(Yaml.texts(map, "programs"))));
        });
        List<String> version = Yaml.texts(document, "version");
        if (rules.isEmpty() || version.size() != 1) {
            throw new IllegalArgumentException("rules have a version and roles");
        }
        return new RoleRules(Integer.parseInt(version.getFirst()), rules);
    }

    /** A name in which a star stands for digits, dots and dashes, as versions in names are written. */
    private static Pattern pattern(String name) {
        return Pattern.compile(java.util.Arrays.stream(name.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("[0-9.+-]*")));
    }
}
