// Answers: the root directories of the file systems of all current images.
// Parameters: none
// Cost: six steps for each image.
CYPHER 25
MATCH (image:Image)-[has:HAS_INVENTORY]->(inventory:Inventory {level: 'full'}) WHERE has.until IS NULL
MATCH (inventory)-[volume:HAS_VOLUME]->(:Volume)-[:HAS_PARTITION]->(partition:Partition)-[:HOLDS]->(:FileSystem)
      -[:ROOT]->(directory:Directory)
RETURN DISTINCT directory.id AS root, volume.index AS volumeIndex, partition.number AS number,
       inventory.id AS inventoryId, image.id AS imageId, image.name AS imageName
