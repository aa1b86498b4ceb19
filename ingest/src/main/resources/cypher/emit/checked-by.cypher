// What held the owned files of an inventory against their packages. Parameters: inventory (id). Cost: one index seek.
MATCH (inventory:Inventory {id: $inventory}) WHERE inventory.checkedBy IS NOT NULL
RETURN inventory.checkedBy AS by
