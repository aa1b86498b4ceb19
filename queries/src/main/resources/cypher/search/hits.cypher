// Answers: what a list of found images and machines shows of each.
// Parameters: ids (list)
// Cost: one index lookup for each image, and one step for each of its systems and roles.
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
       COLLECT { MATCH (inventory)-[:HAS_ROLE]->(role:Role) RETURN role.name ORDER BY role.name } AS roles
