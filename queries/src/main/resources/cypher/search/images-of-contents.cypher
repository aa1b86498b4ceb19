// Answers: the current images that hold some contents.
// Parameters: digests (list)
// Cost: one index lookup for each digest, one step for each directory above it, and six for each image.
CYPHER 25
UNWIND $digests AS digest
MATCH (:File {id: digest})<-[:ENTRY|CHUNK*1..]-(above:Directory)
WITH DISTINCT above
MATCH (above)<-[:ROOT]-(:FileSystem)<-[:HOLDS]-(:Partition)<-[:HAS_PARTITION]-(:Volume)<-[:HAS_VOLUME]-(inventory:Inventory)
WITH DISTINCT inventory
MATCH (inventory)<-[has:HAS_INVENTORY]-(image:Image)
WHERE has.until IS NULL
RETURN DISTINCT image.id AS imageId
