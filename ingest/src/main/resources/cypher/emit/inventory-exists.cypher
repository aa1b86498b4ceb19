// Whether an inventory is there. Parameters: inventory (id). Cost: one index seek.
CYPHER 25 replan=skip
MATCH (inventory:Inventory {id: $inventory})
USING INDEX SEEK inventory:Inventory(id)
RETURN inventory.id AS id
