// Answers: the root directories of the file systems of some images and machines, with their places. What a machine holds is what was captured
//  of it last since it was deployed, or else what it was deployed from.
// Parameters: images (list)
// Cost: one index lookup for each, six steps and its mounts for each file system.
CYPHER 25
UNWIND $images AS id
CALL (id) {
  MATCH (image:Image {id: id})-[has:HAS_INVENTORY]->(inventory:Inventory {level: 'full'}) WHERE has.until IS NULL
  RETURN image, inventory
  UNION ALL
  MATCH (image:Machine {id: id})
  MATCH (image)-[runs:DEPLOYED_FROM]->(deployed:Image)
  WITH image, deployed, runs ORDER BY runs.until IS NULL DESC, runs.since DESC LIMIT 1
  OPTIONAL MATCH (image)<-[:USED]-(activity:Activity {kind: 'capture'})<-[:GENERATED_BY]-(captured:Image)
  WHERE activity.endedAt >= runs.since
  WITH image, deployed, captured, activity ORDER BY activity.endedAt DESC LIMIT 1
  MATCH (known:Image {id: coalesce(captured, deployed).id})-[has:HAS_INVENTORY]->(inventory:Inventory {level: 'full'})
  WHERE has.until IS NULL
  RETURN image, inventory LIMIT 1
}
MATCH (inventory)-[volume:HAS_VOLUME]->(:Volume)-[:HAS_PARTITION]->(partition:Partition)-[:HOLDS]->(fileSystem:FileSystem)
      -[:ROOT]->(directory:Directory)
RETURN DISTINCT directory.id AS root, volume.index AS volumeIndex, partition.number AS number,
       inventory.id AS inventoryId, image.id AS imageId, image.name AS imageName,
       [(inventory)-[mounts:MOUNTS]->(fileSystem) WHERE mounts.volume = volume.index AND mounts.partition = partition.number |
         toString(mounts.guest) + ' ' + mounts.path] AS mounts
