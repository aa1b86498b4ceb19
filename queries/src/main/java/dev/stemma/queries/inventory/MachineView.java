package dev.stemma.queries.inventory;

import dev.stemma.graph.model.GuestFact;
import dev.stemma.graph.model.HeldRole;
import dev.stemma.graph.store.Graph;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an image makes of a machine: its roles, how it boots, who it is, what it runs. Lists are sorted by name; facts of several
 * guests on one image stand together.
 *
 * @param roles derived; everything else was gathered
 * @param boots one for each guest, usually one
 * @param hosts what each guest calls itself, usually one
 */
public record MachineView(
        List<HeldRole> roles,
        List<GuestFact.BootSetup> boots,
        List<GuestFact.Kernel> kernels,
        List<GuestFact.EnabledService> services,
        List<GuestFact.MaskedService> masked,
        List<GuestFact.ScheduledJob> jobs,
        List<GuestFact.HostIdentity> hosts,
        List<GuestFact.Account> accounts,
        List<GuestFact.AccountGroup> groups,
        List<GuestFact.HostKey> hostKeys,
        List<GuestFact.AuthorizedKey> authorizedKeys,
        List<GuestFact.HeldCertificate> certificates,
        List<GuestFact.PrivateKey> privateKeys,
        List<GuestFact.NetworkInterface> interfaces,
        List<GuestFact.Listener> listeners,
        List<GuestFact.UnownedProgram> programs) {

    /** Most facts of one inventory that are looked at; writers keep far fewer. */
    static final int MAX_FACTS = 50_000;

    /** What an inventory says, read in a transaction of the caller's. */
    public static MachineView of(Graph.Transaction transaction, String inventoryId) {
        return MachineRows.of(transaction, inventoryId);
    }

    /** All facts that were gathered, kind by kind. */
    public Stream<GuestFact> facts() {
        return Stream.of(
                        boots,
                        kernels,
                        services,
                        masked,
                        jobs,
                        hosts,
                        accounts,
                        groups,
                        hostKeys,
                        authorizedKeys,
                        certificates,
                        privateKeys,
                        interfaces,
                        listeners,
                        programs)
                .flatMap(List::stream);
    }

    /** Sorts facts by their kind. */
    static MachineView of(List<HeldRole> roles, List<GuestFact> facts) {
        return new MachineView(
                List.copyOf(roles),
                only(facts, GuestFact.BootSetup.class),
                only(facts, GuestFact.Kernel.class),
                only(facts, GuestFact.EnabledService.class),
                only(facts, GuestFact.MaskedService.class),
                only(facts, GuestFact.ScheduledJob.class),
                only(facts, GuestFact.HostIdentity.class),
                only(facts, GuestFact.Account.class),
                only(facts, GuestFact.AccountGroup.class),
                only(facts, GuestFact.HostKey.class),
                only(facts, GuestFact.AuthorizedKey.class),
                only(facts, GuestFact.HeldCertificate.class),
                only(facts, GuestFact.PrivateKey.class),
                only(facts, GuestFact.NetworkInterface.class),
                only(facts, GuestFact.Listener.class),
                only(facts, GuestFact.UnownedProgram.class));
    }

    private static <T> List<T> only(List<GuestFact> facts, Class<T> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
