// Operating systems of images. Parameter: ids. Cost: two steps an image.
UNWIND $ids AS id
MATCH (:Image {id: id})-[h:HAS_INVENTORY]->(:Inventory)-[:RUNS]->(os:OperatingSystem) WHERE h.until IS NULL
RETURN id AS key, os {.distribution, .version, .patchLevel, .prettyName, .architecture} AS value
ORDER BY os.prettyName, os.id
