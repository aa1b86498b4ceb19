// Answers: the digest of an inventory's manifest, null where it has none.
// Parameters: inventoryId (text)
// Cost: one index lookup.
CYPHER 25
MATCH (inventory:Inventory {id: $inventoryId})
RETURN inventory.manifest AS manifest
