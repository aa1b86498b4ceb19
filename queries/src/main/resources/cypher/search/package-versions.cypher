// Answers: the known versions of the packages that a query names.
// Parameters: terms (list)
// Cost: one index lookup for each term and one step for each of its versions.
CYPHER 25
UNWIND $terms AS term
MATCH (package:Package {name: term.name})<-[:VERSION_OF]-(version:PackageVersion)
WHERE (term.ecosystem = '' OR package.ecosystem = term.ecosystem)
  AND (term.architecture = '' OR version.architecture = term.architecture)
RETURN term.index AS term, version.purl AS purl, version.version AS version, package.ecosystem AS ecosystem
ORDER BY term, purl
