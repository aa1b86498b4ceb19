// Answers: the root directories of the file systems of some images, with their places.
// Parameters: images (list)
// Cost: one index lookup for each image, six steps and its mounts for each file system.
CYPHER 25
UNWIND $images AS id
MATCH (image:Image {id: id})-[has:HAS_INVENTORY]->(inventory:Inventory {level: 'full'}) WHERE has.until IS NULL
MATCH (inventory)-[volume:HAS_VOLUME]->(:Volume)-[:HAS_PARTITION]->(partition:Partition)-[:HOLDS]->(fileSystem:FileSystem)
      -[:ROOT]->(directory:Directory)
RETURN DISTINCT directory.id AS root, volume.index AS volumeIndex, partition.number AS number,
       inventory.id AS inventoryId, image.id AS imageId, image.name AS imageName,
       [(inventory)-[mounts:MOUNTS]->(fileSystem) WHERE mounts.volume = volume.index AND mounts.partition = partition.number |
         toString(mounts.guest) + ' ' + mounts.path] AS mounts
