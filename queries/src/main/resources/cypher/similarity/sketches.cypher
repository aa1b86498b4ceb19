// Answers: the sketches of some inventories, where one analyzer made them.
// Parameters: inventories (list), analyzer (text)
// Cost: one index lookup for each inventory, 3 KiB for each answer.
CYPHER 25
UNWIND $inventories AS id
MATCH (inventory:Inventory {id: id})
WHERE inventory.sketchAnalyzer = $analyzer
RETURN id, inventory.packagesSketch AS packages, inventory.packagesSketchSize AS packagesSize,
       inventory.filesSketch AS files, inventory.filesSketchSize AS filesSize,
       inventory.bytesSketch AS bytes, inventory.bytesSketchSize AS bytesSize
