// Answers: the root directories of the file systems of some inventories, and where they are mounted.
// Parameters: inventoryIds (list)
// Cost: one index lookup for each inventory, and five steps and its mounts for each file system.
CYPHER 25
UNWIND $inventoryIds AS id
MATCH (inventory:Inventory {id: id})-[volume:HAS_VOLUME]->(:Volume)-[:HAS_PARTITION]->(partition:Partition)
      -[:HOLDS]->(fileSystem:FileSystem)-[:ROOT]->(directory:Directory)
RETURN DISTINCT directory.id AS root, volume.index AS volumeIndex, partition.number AS number,
       inventory.id AS inventoryId,
       [(inventory)-[mounts:MOUNTS]->(fileSystem) WHERE mounts.volume = volume.index AND mounts.partition = partition.number |
         toString(mounts.guest) + ' ' + mounts.path] AS mounts
