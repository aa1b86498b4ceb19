package dev.stemma.api.cli;

import dev.stemma.api.home.Home;
import dev.stemma.api.problem.Outcome;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code stemma} command. It asks the service over HTTP and prints; only {@code serve} runs the service itself.
 *
 * <p>Only the command that was called is built: reading the annotations of all of them would take longer than most answers.
 */
@Command(
        name = "stemma",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "A library for virtual-machine images that knows what is inside them.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemma up",
            "  stemma index /var/lib/libvirt/images/*.qcow2",
            "  stemma search --all nginx --none apache2",
            "  stemma drift web-1",
            "",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 unreadable, 5 not allowed, 6 conflict."
        })
public final class Stemma implements Request.Session {

    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    private final Terminal terminal;
    private final Home home;

    private Stemma(Terminal terminal, Home home) {
        this.terminal = terminal;
        this.home = home;
    }

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("up", Up::new);
        commands.put("down", Down::new);
        commands.put("status", Status::new);
        commands.put("index", Index::new);
        commands.put("jobs", Jobs::new);
        commands.put("images", Images::new);
        commands.put("show", Show::new);
        commands.put("ls", Ls::new);
        commands.put("stat", Stat::new);
        commands.put("cat", Cat::new);
        commands.put("cp", Cp::new);
        commands.put("packages", Packages::new);
        commands.put("search", Search::new);
        commands.put("drift", Drift::new);
        commands.put("similar", Similar::new);
        commands.put("clusters", Clusters::new);
        commands.put("tree", Tree::new);
        commands.put("lineage", Lineage::new);
        commands.put("history", History::new);
        commands.put("chains", Chains::new);
        commands.put("checkin", CheckIn::new);
        commands.put("checkout", CheckOut::new);
        commands.put("clone", Clone::new);
        commands.put("copy", Copy::new);
        commands.put("deploy", Deploy::new);
        commands.put("capture", Capture::new);
        commands.put("retire", Retire::new);
        commands.put("machines", Machines::new);
        commands.put("export", Exports.Begin::new);
        commands.put("exports", Exports::new);
        commands.put("unexport", Exports.End::new);
        commands.put("mount", Mounts.Begin::new);
        commands.put("mounts", Mounts::new);
        commands.put("unmount", Mounts.End::new);
        commands.put("promote", Promote::new);
        commands.put("deprecate", ChangeState.Deprecate::new);
        commands.put("revoke", ChangeState.Revoke::new);
        commands.put("restore", ChangeState.Restore::new);
        commands.put("delete", ChangeState.Delete::new);
        commands.put("move", Move::new);
        commands.put("verify", Verify::new);
        commands.put("gc", Gc::new);
        commands.put("stats", Stats::new);
        commands.put("report", Report::new);
        commands.put("ask", Ask::new);
        commands.put("cypher", Cypher::new);
        commands.put("graphql", Graphql::new);
        commands.put("sparql", Sparql::new);
        commands.put("serve", Serve::new);
        return commands;
    }

    /** Runs a command and ends the process with its exit code. */
    @SuppressWarnings("SystemExitOutsideMain")
    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofProcess();
        int code = run(terminal, Home.of(System.getenv()), arguments);
        terminal.out().flush();
        System.exit(code);
    }

    /** Runs a command; for tests and for {@link #main}. */
    static int run(Terminal terminal, Home home, String... arguments) {
        Supplier<Object> only = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        CommandLine line = new CommandLine(new Stemma(terminal, home));
        if (only == null) {
            COMMANDS.forEach((name, command) -> line.addSubcommand(name, command.get()));
            line.addSubcommand("help", new HelpCommand());
        } else {
            line.addSubcommand(arguments[0], only.get());
        }
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((problem, _) -> usage(terminal, problem));
        line.setExecutionExceptionHandler((problem, _, _) -> failed(terminal, problem));
        return line.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    }

    private static int usage(Terminal terminal, ParameterException problem) {
        terminal.err()
                .println("stemma: " + Terminal.safe(wrong(problem)) + ". See: "
                        + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return Outcome.USAGE.exitCode();
    }

    private static String wrong(ParameterException problem) {
        boolean command = problem.getCommandLine().getParent() == null;
        if (!(command && problem instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption())) {
            return String.valueOf(problem.getMessage()).replaceFirst("^Error: ", "");
        }
        List<String> alike = unmatched.getSuggestions();
        return "there is no command " + unmatched.getUnmatched().getFirst()
                + (alike.isEmpty() ? "" : ". Did you mean " + String.join(", ", alike));
    }

    private static int failed(Terminal terminal, Exception problem) {
        terminal.out().flush();
        if (problem instanceof CommandProblem known) {
            terminal.err().println("stemma: " + Terminal.safe(String.valueOf(known.getMessage())));
            return known.outcome().exitCode();
        }
        terminal.err()
                .println("stemma: " + Terminal.safe(String.valueOf(problem)) + ". This is a defect; please report it.");
        if (System.getenv("STEMMA_DEBUG") != null) {
            problem.printStackTrace(terminal.err());
        }
        return Outcome.FAILED.exitCode();
    }

    @Override
    public Terminal terminal() {
        return terminal;
    }

    @Override
    public Home home() {
        return home;
    }
}
