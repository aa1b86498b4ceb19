// Answers: what a list of found images and machines shows of each.
// Parameters: ids (list), purls (list), indexes (list), packages (number)
// Cost: one index lookup for each image, one step for each of its groups and for each package in those that count.
//  The indexes are those of the groups that these packages can be in.
CYPHER 25
UNWIND $ids AS id
MATCH (image:Image {id: id})
OPTIONAL MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
RETURN image.id AS id, image.name AS name, image.location AS location, image.format AS format,
       CASE WHEN image.content IS NULL THEN 'image' ELSE 'version' END AS kind, image.modifiedAt AS modifiedAt,
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
OPTIONAL CALL (machine) {
  MATCH (machine)-[runs:DEPLOYED_FROM]->(deployed:Image)
  WITH machine, deployed, runs ORDER BY runs.until IS NULL DESC, runs.since DESC LIMIT 1
  OPTIONAL MATCH (machine)<-[:USED]-(activity:Activity {kind: 'capture'})<-[:GENERATED_BY]-(captured:Image)
  WHERE activity.endedAt >= runs.since
  WITH deployed, captured, activity ORDER BY activity.endedAt DESC LIMIT 1
  WITH coalesce(captured, deployed) AS image
  MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
  RETURN inventory LIMIT 1
}
RETURN machine.id AS id, machine.name AS name, '' AS location, null AS format,
       'machine' AS kind, null AS modifiedAt, null AS repository,
       inventory.id AS inventoryId, inventory.level AS level,
       [(inventory)-[:RUNS]->(os:OperatingSystem) |
         coalesce(os.prettyName, os.distribution + coalesce(' ' + os.version, ''))] AS systems,
       CASE WHEN size($purls) = 0 THEN [] ELSE
         COLLECT { MATCH (inventory)-[in:HAS_PACKAGES]->(:PackageGroup)-[installs:INSTALLS]->(version:PackageVersion)
                   WHERE (in.index IN $indexes OR in.index IS NULL) AND installs.present AND version.purl IN $purls
                   RETURN version.purl ORDER BY version.purl LIMIT $packages } END AS packages,
       COLLECT { MATCH (inventory)-[:HAS_ROLE]->(role:Role) RETURN role.name ORDER BY role.name } AS roles
