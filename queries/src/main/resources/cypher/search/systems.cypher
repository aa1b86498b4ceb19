// Answers: all operating systems known, some dozens.
// Parameters: none
// Cost: one look at each operating system.
CYPHER 25
MATCH (os:OperatingSystem)
RETURN os.id AS id, os.distribution AS distribution, os.version AS version, os.patchLevel AS patchLevel,
       os.prettyName AS prettyName, os.architecture AS architecture
