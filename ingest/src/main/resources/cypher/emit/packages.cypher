// Package versions and the packages they are versions of; may be repeated.
// Parameters: rows (purl, version, architecture, source, sourceVersion, package, name, ecosystem). Cost: two index seeks a row.
CYPHER 25 replan=skip
UNWIND $rows AS row
MERGE (version:PackageVersion {purl: row.purl})
ON CREATE SET version.version = row.version, version.architecture = row.architecture,
  version.source = row.source, version.sourceVersion = row.sourceVersion
MERGE (package:Package {id: row.package})
ON CREATE SET package.name = row.name, package.ecosystem = row.ecosystem
MERGE (version)-[:VERSION_OF]->(package)
