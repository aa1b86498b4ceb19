// Answers: the current images in which some directories are the root of a file system.
// Parameters: directories (list)
// Cost: one index lookup for each directory and five steps up and its mounts for each image.
CYPHER 25
UNWIND $directories AS id
MATCH (:Directory {id: id})<-[:ROOT]-(fileSystem:FileSystem)<-[:HOLDS]-(partition:Partition)<-[:HAS_PARTITION]-(:Volume)
      <-[volume:HAS_VOLUME]-(inventory:Inventory)<-[has:HAS_INVENTORY]-(image:Image)
WHERE has.until IS NULL
RETURN DISTINCT id AS root, volume.index AS volumeIndex, partition.number AS number, inventory.id AS inventoryId,
       image.id AS imageId, image.name AS imageName,
       [(inventory)-[mounts:MOUNTS]->(fileSystem) WHERE mounts.volume = volume.index AND mounts.partition = partition.number |
         toString(mounts.guest) + ' ' + mounts.path] AS mounts
