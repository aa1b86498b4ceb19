// Answers: the sets of packages of some inventories, as one analyzer kept them beside their sketches.
// Parameters: inventories (list), analyzer (text)
// Cost: one index lookup for each inventory, 8 bytes for each of its packages.
CYPHER 25
UNWIND $inventories AS id
MATCH (inventory:Inventory {id: id})
WHERE inventory.sketchAnalyzer = $analyzer AND inventory.packagesElements IS NOT NULL
RETURN id, inventory.packagesElements AS elements
