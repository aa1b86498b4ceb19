// What held the owned files of an inventory against their packages. Parameters: inventory (id). Cost: one index seek.
CYPHER 25 replan=skip
MATCH (inventory:Inventory {id: $inventory})
USING INDEX SEEK inventory:Inventory(id)
WHERE inventory.checkedBy IS NOT NULL
RETURN inventory.checkedBy AS by
