// Answers: what verified an inventory's owned files, and how many were as they should be.
// Parameters: inventoryId (text)
// Cost: one index lookup.
CYPHER 25
MATCH (inventory:Inventory {id: $inventoryId})
RETURN inventory.level AS level, inventory.checkedBy AS checkedBy, inventory.ownedIntact AS intact,
       inventory.ownedModified AS modified, inventory.ownedMissing AS missing,
       inventory.ownedUnverifiable AS unverifiable
