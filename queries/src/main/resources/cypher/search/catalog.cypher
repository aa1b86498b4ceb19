// Answers: what the index holds of each image and machine that can be told without looking into its packages and files. Of a machine that is what
//  was captured of it last since it was deployed, or else what it was deployed from.
// Parameters: none
// Cost: one look at each image and machine of the catalog and one step for each of its systems and roles.
CYPHER 25
MATCH (image:Image)
OPTIONAL MATCH (image)-[has:HAS_INVENTORY]->(inventory:Inventory) WHERE has.until IS NULL
RETURN image.id AS id, image.name AS name, image.description AS description, image.location AS location,
       image.state AS state, CASE WHEN image.content IS NULL THEN 'image' ELSE 'version' END AS kind, image.modifiedAt AS modifiedAt, image.format AS format,
       [(image)-[:STORED_IN]->(repository:Repository) | repository.id] AS repositoryIds,
       [(image)-[:STORED_IN]->(repository:Repository) | repository.name] AS repositories,
       inventory.id AS inventoryId, inventory.level AS level,
       [(inventory)-[:RUNS]->(os:OperatingSystem) | os.id] AS systems,
       [(inventory)-[:HAS_ROLE]->(role:Role) | role.name] AS roles
UNION ALL
MATCH (machine:Machine)
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
RETURN machine.id AS id, machine.name AS name, null AS description, '' AS location,
       machine.state AS state, 'machine' AS kind, null AS modifiedAt, null AS format,
       [] AS repositoryIds, [] AS repositories,
       inventory.id AS inventoryId, inventory.level AS level,
       [(inventory)-[:RUNS]->(os:OperatingSystem) | os.id] AS systems,
       [(inventory)-[:HAS_ROLE]->(role:Role) | role.name] AS roles
