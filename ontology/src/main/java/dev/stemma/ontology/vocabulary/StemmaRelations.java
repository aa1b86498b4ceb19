package dev.stemma.ontology.vocabulary;

import org.apache.jena.rdf.model.Property;
import org.apache.jena.rdf.model.ResourceFactory;

/** The properties of the vocabulary that lead to an individual. */
public final class StemmaRelations {

    /** Where an image is kept. */
    public static final Property STORED_IN = relation("storedIn");

    /** What was found in an image, now or before. */
    public static final Property HAS_INVENTORY = relation("hasInventory");

    /** What was found in an image last: the inventory whose period has no end. */
    public static final Property CURRENT_INVENTORY = relation("currentInventory");

    /** From child to parent. */
    public static final Property DERIVED_FROM = relation("derivedFrom");

    /** What made it. */
    public static final Property GENERATED_BY = relation("generatedBy");

    /** What an activity worked on. */
    public static final Property USED = relation("used");

    /** Who did it. */
    public static final Property ASSOCIATED_WITH = relation("associatedWith");

    /** A disk of the image. */
    public static final Property HAS_VOLUME = relation("hasVolume");

    /** A partition of the disk. */
    public static final Property HAS_PARTITION = relation("hasPartition");

    /** The file system in a partition. */
    public static final Property HOLDS = relation("holds");

    /** The root directory. */
    public static final Property ROOT = relation("root");

    /** A file system that a system on the image has mounted. */
    public static final Property MOUNTS = relation("mounts");

    /** The operating system that was found. */
    public static final Property RUNS = relation("runs");

    /** A group of the packages of an inventory; all of its packages are in one group or another. */
    public static final Property HAS_PACKAGES = relation("hasPackages");

    /** A package that the package manager lists, whatever its state. */
    public static final Property INSTALLS = relation("installs");

    /** The package that this is a version of. */
    public static final Property VERSION_OF = relation("versionOf");

    /** Content that the package brought. */
    public static final Property OWNS = relation("owns");

    /** Something that was noticed. */
    public static final Property HAS_OBSERVATION = relation("hasObservation");

    /** A bucket that the inventory falls into. */
    public static final Property IN_BAND = relation("inBand");

    /** What lies in a directory. */
    public static final Property ENTRY = relation("entry");

    /** A part of a large directory. */
    public static final Property CHUNK = relation("chunk");

    /** The individual that stands for one hasInventory relationship. */
    public static final Property QUALIFIED_INVENTORY = relation("qualifiedInventory");

    /** The individual that stands for one derivedFrom relationship. */
    public static final Property QUALIFIED_DERIVATION = relation("qualifiedDerivation");

    /** The individual that stands for one hasVolume relationship. */
    public static final Property QUALIFIED_VOLUME = relation("qualifiedVolume");

    /** The individual that stands for one mounts relationship. */
    public static final Property QUALIFIED_MOUNT = relation("qualifiedMount");

    /** The individual that stands for one hasPartition relationship. */
    public static final Property QUALIFIED_PARTITION = relation("qualifiedPartition");

    /** The individual that stands for one root relationship. */
    public static final Property QUALIFIED_ROOT = relation("qualifiedRoot");

    /** The individual that stands for one installs relationship. */
    public static final Property QUALIFIED_INSTALLATION = relation("qualifiedInstallation");

    /** The individual that stands for one owns relationship. */
    public static final Property QUALIFIED_OWNERSHIP = relation("qualifiedOwnership");

    /** The individual that stands for one entry relationship. */
    public static final Property QUALIFIED_ENTRY = relation("qualifiedEntry");

    /** The individual that stands for one chunk relationship. */
    public static final Property QUALIFIED_CHUNK = relation("qualifiedChunk");

    /** From the individual that stands for a relationship to its end. */
    public static final Property REFERS_TO = relation("refersTo");

    /** How the machine starts. */
    public static final Property BOOTS_WITH = relation("bootsWith");

    /** A kernel that lies in the image. */
    public static final Property HAS_KERNEL = relation("hasKernel");

    /** A service that starts without being asked for. */
    public static final Property ENABLES = relation("enables");

    /** Work that recurs. */
    public static final Property SCHEDULES = relation("schedules");

    /** What the machine calls itself. */
    public static final Property IDENTIFIED_BY = relation("identifiedBy");

    /** A user of the machine. */
    public static final Property HAS_ACCOUNT = relation("hasAccount");

    /** A group of users of the machine. */
    public static final Property HAS_GROUP = relation("hasGroup");

    /** A key by which the machine shows who it is. */
    public static final Property HAS_HOST_KEY = relation("hasHostKey");

    /** A certificate that lies in the image. */
    public static final Property HOLDS_CERTIFICATE = relation("holdsCertificate");

    /** That a private key lies in the image. */
    public static final Property HOLDS_PRIVATE_KEY = relation("holdsPrivateKey");

    /** A network interface of the machine. */
    public static final Property CONFIGURES_INTERFACE = relation("configuresInterface");

    /** A place where a server of the machine listens. */
    public static final Property LISTENS_ON = relation("listensOn");

    /** A server program that no package owns. */
    public static final Property CARRIES = relation("carries");

    /** What the machine is for, told by rules. */
    public static final Property HAS_ROLE = relation("hasRole");

    /** A service that cannot be started at all. */
    public static final Property MASKS = relation("masks");

    /** A key that lets its holder in. */
    public static final Property AUTHORIZES = relation("authorizes");

    /** The individual that stands for one enables relationship. */
    public static final Property QUALIFIED_ENABLEMENT = relation("qualifiedEnablement");

    /** The individual that stands for one hasHostKey relationship. */
    public static final Property QUALIFIED_HOST_KEY = relation("qualifiedHostKey");

    /** The individual that stands for one authorizes relationship. */
    public static final Property QUALIFIED_AUTHORIZATION = relation("qualifiedAuthorization");

    /** The individual that stands for one holdsCertificate relationship. */
    public static final Property QUALIFIED_CERTIFICATE = relation("qualifiedCertificate");

    /** The individual that stands for one hasRole relationship. */
    public static final Property QUALIFIED_ROLE = relation("qualifiedRole");

    /** A version of the chain. */
    public static final Property HAS_VERSION = relation("hasVersion");

    /** What was a version of the chain before it was moved. */
    public static final Property HAD_VERSION = relation("hadVersion");

    /** What was made of a version outside of the repository. */
    public static final Property HAS_BRANCH = relation("hasBranch");

    /** A channel of the chain. */
    public static final Property HAS_CHANNEL = relation("hasChannel");

    /** The version that the channel stands for. */
    public static final Property POINTS_TO = relation("pointsTo");

    /** A version that the channel stood for. */
    public static final Property POINTED_TO = relation("pointedTo");

    /** The version whose record an activity changed. */
    public static final Property CHANGED = relation("changed");

    /** From a chain to the individual that stands for a version of it. */
    public static final Property QUALIFIED_VERSION = relation("qualifiedVersion");

    /** From a chain to the individual that stands for a former version of it. */
    public static final Property QUALIFIED_FORMER_VERSION = relation("qualifiedFormerVersion");

    /** From a version to the individual that stands for a branch of it. */
    public static final Property QUALIFIED_BRANCH = relation("qualifiedBranch");

    /** From a channel to the individual that stands for what it points to. */
    public static final Property QUALIFIED_POINTER = relation("qualifiedPointer");

    /** From a channel to the individual that stands for what it pointed to. */
    public static final Property QUALIFIED_FORMER_POINTER = relation("qualifiedFormerPointer");

    /** From an activity to the individual that stands for a change it made. */
    public static final Property QUALIFIED_CHANGE = relation("qualifiedChange");

    /** From child to what was its parent, as a header said that says something else now. */
    public static final Property HAD_PARENT = relation("hadParent");

    /** What a machine runs or ran. */
    public static final Property DEPLOYED_FROM = relation("deployedFrom");

    /** What a machine runs: the image whose deployment has no end. */
    public static final Property RUNS_NOW = relation("runsNow");

    /** The individual that stands for one hadParent relationship. */
    public static final Property QUALIFIED_FORMER_DERIVATION = relation("qualifiedFormerDerivation");

    /** From a machine to the individual that stands for a deployment of it. */
    public static final Property QUALIFIED_DEPLOYMENT = relation("qualifiedDeployment");

    private StemmaRelations() {}

    private static Property relation(String localName) {
        return ResourceFactory.createProperty(Stemma.term(localName));
    }
}
