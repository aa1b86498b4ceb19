// Who verified an inventory and how many files were as they should be.
// Parameters: inventory (id), properties (map). Cost: one index seek.
MATCH (inventory:Inventory {id: $inventory})
SET inventory += $properties
