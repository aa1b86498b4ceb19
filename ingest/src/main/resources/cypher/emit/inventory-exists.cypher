// Whether an inventory is there. Parameters: inventory (id). Cost: one index seek.
MATCH (inventory:Inventory {id: $inventory}) RETURN inventory.id AS id
