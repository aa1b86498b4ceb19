// The current inventory of the image at a location, and what its file was like when it was last indexed.
// Parameters: location (text). Cost: one index seek and the inventory's observations.
MATCH (image:Image {location: $location})-[has:HAS_INVENTORY]->(inventory:Inventory)
WHERE has.until IS NULL
RETURN image.id AS image, image.name AS name, image.modifiedAt AS modifiedAt, image.allocatedBytes AS allocatedBytes,
  image.virtualBytes AS virtualBytes, inventory.id AS inventory, has.level AS level, inventory.entries AS entries,
  inventory.files AS files, inventory.fileBytes AS fileBytes, inventory.packages AS packages,
  COLLECT { MATCH (inventory)-[:HAS_OBSERVATION]->(o:Observation) RETURN DISTINCT o.severity } AS severities,
  EXISTS { (inventory)-[:HAS_VOLUME]->()-[:HAS_PARTITION]->()-[:HOLDS]->()-[:ROOT]->() } AS rooted
