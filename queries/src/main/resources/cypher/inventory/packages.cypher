// Answers: the packages of an inventory.
// Parameters: inventoryId (text), withRemoved (flag), contains (text), architecture (text), ecosystem (text)
// Cost: one step for each package of the inventory, some hundreds to some thousands.
CYPHER 25
MATCH (:Inventory {id: $inventoryId})-[:HAS_PACKAGES]->(:PackageGroup)-[installs:INSTALLS]->(version:PackageVersion)-[:VERSION_OF]->(package:Package)
WHERE ($withRemoved OR installs.present)
  AND ($contains = '' OR toLower(package.name) CONTAINS toLower($contains))
  AND ($ecosystem = '' OR package.ecosystem = $ecosystem)
  AND ($architecture = '' OR version.architecture = $architecture)
RETURN version.purl AS purl, package.ecosystem AS ecosystem, package.name AS name, version.version AS version,
       version.architecture AS architecture, installs.state AS state, installs.held AS held,
       installs.present AS present, version.source AS source, coalesce(installs.locations, []) AS locations
