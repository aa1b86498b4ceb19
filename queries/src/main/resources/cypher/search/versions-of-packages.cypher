// Answers: all known versions of some packages.
// Parameters: packages (list)
// Cost: one index lookup for each package and one step for each of its versions.
CYPHER 25
UNWIND $packages AS id
MATCH (:Package {id: id})<-[:VERSION_OF]-(version:PackageVersion)
RETURN version.purl AS purl
