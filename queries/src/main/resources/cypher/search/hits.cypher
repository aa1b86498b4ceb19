// Answers: what a list of found images shows of each.
// Parameters: ids (list), purls (list), indexes (list), packages (number)
// Cost: one index lookup for each image, one step for each of its groups and for each package in those that count.
//  The indexes are those of the groups that these packages can be in.
CYPHER 25
UNWIND $ids AS id
MATCH (image:Image {id: id})
OPTIONAL MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
RETURN image.id AS id, image.name AS name, image.location AS location, image.format AS format,
       image.modifiedAt AS modifiedAt,
       head([(image)-[:STORED_IN]->(repository:Repository) | repository.name]) AS repository,
       inventory.id AS inventoryId, inventory.level AS level,
       [(inventory)-[:RUNS]->(os:OperatingSystem) |
         coalesce(os.prettyName, os.distribution + coalesce(' ' + os.version, ''))] AS systems,
       CASE WHEN size($purls) = 0 THEN [] ELSE
         COLLECT { MATCH (inventory)-[in:HAS_PACKAGES]->(:PackageGroup)-[installs:INSTALLS]->(version:PackageVersion)
                   WHERE (in.index IN $indexes OR in.index IS NULL) AND installs.present AND version.purl IN $purls
                   RETURN version.purl ORDER BY version.purl LIMIT $packages } END AS packages,
       COLLECT { MATCH (inventory)-[:HAS_ROLE]->(role:Role) RETURN role.name ORDER BY role.name } AS roles
