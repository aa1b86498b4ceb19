// Answers: what an inventory holds that is telling of its history, but for packages: manifest, file systems, identity, host keys, and the images that have it now.
// Parameters: inventoryId (text), images (number)
// Cost: one index lookup and some dozens of steps.
CYPHER 25
MATCH (inventory:Inventory {id: $inventoryId})
RETURN inventory.manifest AS manifest,
       COLLECT { MATCH (inventory)-[:HAS_VOLUME]->()-[:HAS_PARTITION]->()-[:HOLDS]->(system:FileSystem)
                 WHERE system.uuid IS NOT NULL AND NOT system.type IN ['swap', 'vfat', 'fat']
                 RETURN DISTINCT system {.uuid, .createdAt} ORDER BY system.uuid LIMIT 100 } AS systems,
       COLLECT { MATCH (inventory)-[:IDENTIFIED_BY]->(identity:HostIdentity)
                 RETURN identity {.machineId} ORDER BY identity.id LIMIT 10 } AS identities,
       COLLECT { MATCH (inventory)-[:HAS_HOST_KEY]->(key:SshKey) RETURN key.id ORDER BY key.id LIMIT 100 } AS hostKeys,
       COLLECT { MATCH (inventory)<-[has:HAS_INVENTORY]-(image:Image) WHERE has.until IS NULL
                 RETURN image {.id, .name} ORDER BY image.registeredAt, image.id LIMIT $images } AS images
