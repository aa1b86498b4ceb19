// Answers: the volumes of an inventory with partitions, file systems and root directories, one row a partition.
// Parameters: inventoryId (text)
// Cost: one index lookup and one step for each volume, partition, file system and mount.
CYPHER 25
MATCH (inventory:Inventory {id: $inventoryId})-[has:HAS_VOLUME]->(volume:Volume)
OPTIONAL MATCH (volume)-[:HAS_PARTITION]->(partition:Partition)
OPTIONAL MATCH (partition)-[:HOLDS]->(fileSystem:FileSystem)
OPTIONAL MATCH (fileSystem)-[root:ROOT]->(directory:Directory)
RETURN has.index AS volumeIndex, volume.virtualBytes AS virtualBytes, volume.table AS table,
       partition.number AS number, partition.offsetBytes AS offsetBytes, partition.sizeBytes AS sizeBytes,
       partition.type AS type, partition.name AS name, partition.uuid AS uuid, partition.bootable AS bootable,
       fileSystem.id AS fileSystemId, fileSystem.type AS fileSystemType, fileSystem.uuid AS fileSystemUuid,
       fileSystem.label AS label, fileSystem.createdAt AS createdAt, fileSystem.sizeBytes AS fileSystemBytes,
       fileSystem.usedBytes AS usedBytes, fileSystem.reader AS reader,
       directory.id AS root, root.mode AS mode, root.uid AS uid, root.gid AS gid, root.xattrs AS xattrs,
       [(inventory)-[mounts:MOUNTS]->(fileSystem) WHERE mounts.volume = has.index AND mounts.partition = partition.number |
         toString(mounts.guest) + ' ' + mounts.path] AS mounts
ORDER BY volumeIndex, number, offsetBytes, fileSystemId
LIMIT 10000
