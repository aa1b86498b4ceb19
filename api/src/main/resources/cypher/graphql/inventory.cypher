// Current inventories of images. Parameter: ids. Cost: one step an image.
UNWIND $ids AS id
MATCH (:Image {id: id})-[h:HAS_INVENTORY]->(n:Inventory) WHERE h.until IS NULL
RETURN id AS key, n {.id, .level, .sequence, .entries, .files, .fileBytes, packageCount: n.packages, observedAt: h.observedAt} AS value
