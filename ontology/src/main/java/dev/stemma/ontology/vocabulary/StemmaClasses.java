package dev.stemma.ontology.vocabulary;

import org.apache.jena.rdf.model.Resource;
import org.apache.jena.rdf.model.ResourceFactory;

/** The classes of the vocabulary. */
public final class StemmaClasses {

    /** A place that images are kept in. */
    public static final Resource REPOSITORY = type("Repository");

    /** A file that holds the disk of a virtual machine. */
    public static final Resource IMAGE = type("Image");

    /** Something that was done: an index run, a derivation. */
    public static final Resource ACTIVITY = type("Activity");

    /** A person or a program that does things. */
    public static final Resource AGENT = type("Agent");

    /** What an index run found in an image. It never changes, and the same contents give the same inventory. */
    public static final Resource INVENTORY = type("Inventory");

    /** A disk as a guest sees it. */
    public static final Resource VOLUME = type("Volume");

    /** A stretch of a volume. */
    public static final Resource PARTITION = type("Partition");

    /** A file system, with what it says of itself. */
    public static final Resource FILE_SYSTEM = type("FileSystem");

    /** An operating system in one version. */
    public static final Resource OPERATING_SYSTEM = type("OperatingSystem");

    /** One version of a package for one architecture, named by its package URL. */
    public static final Resource PACKAGE_VERSION = type("PackageVersion");

    /** Packages that inventories have in the same state and share. */
    public static final Resource PACKAGE_GROUP = type("PackageGroup");

    /** A package, whatever its version. */
    public static final Resource PACKAGE = type("Package");

    /** Something that an index run noticed and a person must know. */
    public static final Resource OBSERVATION = type("Observation");

    /** A bucket that similar inventories share; derived. */
    public static final Resource BAND = type("Band");

    /** A directory with all that is below it, named by the digest of its entries. */
    public static final Resource DIRECTORY = type("Directory");

    /** A part of a large directory. */
    public static final Resource DIRECTORY_CHUNK = type("DirectoryChunk");

    /** A file's content, named by its SHA-256 digest. */
    public static final Resource FILE = type("File");

    /** A file whose content was not read. */
    public static final Resource UNREAD_FILE = type("UnreadFile");

    /** A symbolic link, named by the digest of its target. */
    public static final Resource LINK = type("Link");

    /** A device node. */
    public static final Resource DEVICE = type("Device");

    /** A named pipe. */
    public static final Resource PIPE = type("Pipe");

    /** A socket. */
    public static final Resource SOCKET = type("Socket");

    /** The time for which an image had an inventory. */
    public static final Resource INVENTORY_PERIOD = type("InventoryPeriod");

    /** One derivation, with how it is known. */
    public static final Resource DERIVATION = type("Derivation");

    /** The place of a volume among the disks of an image. */
    public static final Resource VOLUME_PLACE = type("VolumePlace");

    /** The place of a partition in its table. */
    public static final Resource PARTITION_PLACE = type("PartitionPlace");

    /** The root directory as its file system has it. */
    public static final Resource ROOT_PLACE = type("RootPlace");

    /** Where a system on the image has a file system mounted. */
    public static final Resource MOUNT_PLACE = type("MountPlace");

    /** A package as the package manager lists it. */
    public static final Resource INSTALLATION = type("Installation");

    /** A path that a package brought. */
    public static final Resource OWNERSHIP = type("Ownership");

    /** A name in a directory. */
    public static final Resource ENTRY = type("Entry");

    /** The place of a chunk in its directory. */
    public static final Resource CHUNK_PLACE = type("ChunkPlace");

    /** How a machine starts. */
    public static final Resource BOOT_SETUP = type("BootSetup");

    /** A kernel that can be started. */
    public static final Resource KERNEL = type("Kernel");

    /** Something that an init system can start. */
    public static final Resource SERVICE = type("Service");

    /** Work that recurs: an entry of cron, or a timer. */
    public static final Resource SCHEDULED_JOB = type("ScheduledJob");

    /** What a machine calls itself. */
    public static final Resource HOST_IDENTITY = type("HostIdentity");

    /** A user of a machine, without any password. */
    public static final Resource ACCOUNT = type("Account");

    /** A group of users. */
    public static final Resource ACCOUNT_GROUP = type("AccountGroup");

    /** The public part of an SSH key, named by its fingerprint. */
    public static final Resource SSH_KEY = type("SshKey");

    /** An X.509 certificate, named by its SHA-256. */
    public static final Resource CERTIFICATE = type("Certificate");

    /** That a private key lies somewhere; nothing of its secret part. */
    public static final Resource PRIVATE_KEY = type("PrivateKey");

    /** A network interface as it is configured. */
    public static final Resource NETWORK_INTERFACE = type("NetworkInterface");

    /** A place where a server is configured to listen. */
    public static final Resource LISTENER = type("Listener");

    /** A known server program that no package owns. */
    public static final Resource UNOWNED_PROGRAM = type("UnownedProgram");

    /** What machines are for: web-server. */
    public static final Resource ROLE = type("Role");

    /** That a service starts by itself, and what starts it. */
    public static final Resource ENABLEMENT = type("Enablement");

    /** Where a host key lies. */
    public static final Resource HOST_KEY_PLACE = type("HostKeyPlace");

    /** That a key lets its holder in as an account. */
    public static final Resource AUTHORIZATION = type("Authorization");

    /** Where a certificate lies. */
    public static final Resource CERTIFICATE_PLACE = type("CertificatePlace");

    /** That a machine has a role, with what told it. */
    public static final Resource ROLE_ASSIGNMENT = type("RoleAssignment");

    /** The ordered versions of a golden master. */
    public static final Resource VERSION_CHAIN = type("VersionChain");

    /** A name of a chain that points to one of its versions. */
    public static final Resource CHANNEL = type("Channel");

    /** That an image is a version of a chain, with its number. */
    public static final Resource VERSION_PLACE = type("VersionPlace");

    /** That an image was a version of a chain, before it was moved. */
    public static final Resource FORMER_VERSION_PLACE = type("FormerVersionPlace");

    /** That an image was made of a version, with its number among those. */
    public static final Resource BRANCH_PLACE = type("BranchPlace");

    /** That a channel points to a version. */
    public static final Resource CHANNEL_PERIOD = type("ChannelPeriod");

    /** That a channel pointed to a version. */
    public static final Resource FORMER_CHANNEL_PERIOD = type("FormerChannelPeriod");

    /** That an activity changed what is recorded of a version. */
    public static final Resource CHANGE = type("Change");

    /** A virtual or physical machine that runs an image. */
    public static final Resource MACHINE = type("Machine");

    /** One derivation that is not so any more. */
    public static final Resource FORMER_DERIVATION = type("FormerDerivation");

    /** The time for which a machine ran an image. */
    public static final Resource DEPLOYMENT = type("Deployment");

    private StemmaClasses() {}

    private static Resource type(String localName) {
        return ResourceFactory.createResource(Stemma.term(localName));
    }
}
