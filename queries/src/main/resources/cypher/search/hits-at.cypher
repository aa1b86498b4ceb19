// Answers: what a list of found images and machines shows of each, as of a moment.
// Parameters: ids (list), purls (list), indexes (list), packages (number), at (time)
// Cost: one index lookup for each image, one step for each of its groups and for each package in those that count.
//  The indexes are those of the groups that these packages can be in.
CYPHER 25
UNWIND $ids AS id
MATCH (image:Image {id: id})
OPTIONAL CALL (image) {
  MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory)
  WHERE has.observedAt <= $at AND (has.until IS NULL OR has.until > $at)
  RETURN inventory ORDER BY has.observedAt DESC, inventory.sequence DESC LIMIT 1
}
OPTIONAL CALL (image) {
  MATCH (image)<-[has:HAS_VERSION|HAD_VERSION]-(chain:VersionChain)
  WHERE has.since <= $at AND (has.until IS NULL OR has.until > $at)
  RETURN chain.name + ':' + has.number AS place LIMIT 1
}
RETURN image.id AS id, coalesce(place, image.name) AS name, CASE WHEN image.replacedAt > $at THEN image.formerLocation ELSE image.location END AS location, image.format AS format,
       CASE WHEN image.content IS NULL THEN 'image' ELSE 'version' END AS kind,
       CASE WHEN image.content IS NOT NULL OR image.modifiedAt <= $at THEN image.modifiedAt END AS modifiedAt,
       head([(image)-[:STORED_IN]->(repository:Repository) | repository.name]) AS repository,
       inventory.id AS inventoryId, inventory.level AS level,
       [(inventory)-[:RUNS]->(os:OperatingSystem) |
         coalesce(os.prettyName, os.distribution + coalesce(' ' + os.version, ''))] AS systems,
       CASE WHEN size($purls) = 0 THEN [] ELSE
         COLLECT { MATCH (inventory)-[in:HAS_PACKAGES]->(:PackageGroup)-[installs:INSTALLS]->(version:PackageVersion)
                   WHERE (in.index IN $indexes OR in.index IS NULL) AND installs.present AND version.purl IN $purls
                   RETURN version.purl ORDER BY version.purl LIMIT $packages } END AS packages,
       COLLECT { MATCH (inventory)-[:HAS_ROLE]->(role:Role) RETURN role.name ORDER BY role.name } AS roles
UNION ALL
UNWIND $ids AS id
MATCH (machine:Machine {id: id})
RETURN machine.id AS id, machine.name AS name, '' AS location, null AS format,
       'machine' AS kind, null AS modifiedAt, null AS repository, null AS inventoryId, null AS level,
       [] AS systems, [] AS packages, [] AS roles
