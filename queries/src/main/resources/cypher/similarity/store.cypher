// Answers: nothing; keeps the sketches of an inventory and puts it into the bands of them, out of all others.
// Parameters: inventoryId (text), analyzer (text), sketches (map), bands (list)
// Cost: 96 bands at most, one index lookup each.
CYPHER 25
MATCH (inventory:Inventory {id: $inventoryId})
SET inventory.sketchAnalyzer = $analyzer, inventory.packagesElements = $sketches.packagesElements,
    inventory.packagesSketch = $sketches.packages, inventory.packagesSketchSize = $sketches.packagesSize,
    inventory.filesSketch = $sketches.files, inventory.filesSketchSize = $sketches.filesSize,
    inventory.bytesSketch = $sketches.bytes, inventory.bytesSketchSize = $sketches.bytesSize
WITH inventory
CALL (inventory) {
  MATCH (inventory)-[old:IN_BAND]->(band:Band)
  WHERE NOT band.id IN $bands
  DELETE old
}
UNWIND $bands AS id
MERGE (band:Band {id: id})
MERGE (inventory)-[:IN_BAND]->(band)
