// One inventory and the images that have or had it. Parameter: id. Cost: an index seek and one step an image.
MATCH (i:Inventory {id: $id})
RETURN i.id AS id, i.level AS level, i.sequence AS sequence, i.manifest AS manifest, i.entries AS entries, i.files AS files,
       i.fileBytes AS fileBytes, i.packages AS packages, i.analyzers AS analyzers, toString(i.committedAt) AS committedAt,
       COLLECT {
         MATCH (image:Image)-[h:HAS_INVENTORY]->(i)
         RETURN {id: image.id, name: image.name, observedAt: toString(h.observedAt), until: toString(h.until)}
         ORDER BY image.name LIMIT 1000
       } AS images
